import { type Static, Type } from 'typebox';

/** The `database` section of link.json for SQLite files. */
export const SqliteOptions = Type.Object(
  {
    driver: Type.Literal('sqlite', { description: 'Files of SQLite on the link’s machine.' }),
    dialect: Type.Enum(['tsql', 'sqlite'], {
      description:
        'What SQL the callers write: `tsql` for files in the form of demo-storage.md, `sqlite` for any other SQLite file.',
    }),
    catalogues: Type.Array(
      Type.Object(
        {
          name: Type.String({
            minLength: 1,
            description: 'Name that commands give as `catalogue`. Each name once.',
          }),
          file: Type.String({
            minLength: 1,
            description:
              'Path of the SQLite file; a relative one counts from the link’s data folder.',
          }),
          isDefault: Type.Boolean({
            description:
              'Whether commands that name no catalogue go here. Exactly one is the default.',
          }),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
    timeZone: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z]+(?:/[A-Za-z0-9_+-]+)*$',
        description:
          'IANA name of the practice’s time zone, such as `Australia/Brisbane`: what `GETDATE` goes by under `tsql`. Left out, the zone of the link’s process.',
      }),
    ),
    maxConnections: Type.Integer({
      minimum: 2,
      maximum: 64,
      description:
        'Connections to the database at most. One of them is kept for immediate queries.',
    }),
  },
  { additionalProperties: false },
);
export type SqliteOptions = Static<typeof SqliteOptions>;
