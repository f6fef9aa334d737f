import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;

/** The `database` section of link.json for Firebird. */
export const FirebirdOptions = Type.Object(
  {
    driver: Type.Literal('firebird', { description: 'Firebird.' }),
    host: Type.String({ minLength: 1, description: 'Host name or address of the server.' }),
    port: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 65_535, description: 'TCP port; 3050 when left out.' }),
    ),
    user: Type.String({ minLength: 1, description: 'Name of the login.' }),
    password: Type.String({ description: 'Its password. A secret.' }),
    charset: Type.Enum(['UTF8', 'WIN1252'], { description: 'Character set of the database.' }),
    wireCrypt: Type.Optional(
      Type.Enum(['required', 'enabled', 'disabled'], {
        description: 'Whether the connection is encrypted.',
      }),
    ),
    connectTimeoutMs: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 600_000, description: 'Longest wait for a connection.' }),
    ),
    catalogues: Type.Array(
      Type.Object(
        {
          name: Type.String({
            minLength: 1,
            description: 'Name that commands give as `catalogue`. Each name once.',
          }),
          file: Type.String({
            minLength: 1,
            description: 'Path or alias of the database on the server.',
          }),
          isDefault: Type.Boolean({
            description:
              'Whether commands that name no catalogue go here. Exactly one is the default.',
          }),
        },
        closed,
      ),
      { minItems: 1 },
    ),
    maxConnections: Type.Integer({
      minimum: 2,
      maximum: 64,
      description:
        'Connections to the database at most. One of them is kept for immediate queries.',
    }),
  },
  closed,
);
export type FirebirdOptions = Static<typeof FirebirdOptions>;
