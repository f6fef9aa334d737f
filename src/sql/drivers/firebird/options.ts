import { type Static, Type } from 'typebox';

const FirebirdCatalogue = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      description: 'Name that commands give as `catalogue`. Each name once.',
    }),
    file: Type.String({
      minLength: 1,
      description: 'Path of the database file on the server, or its alias there.',
    }),
    isDefault: Type.Boolean({
      description: 'Whether commands that name no catalogue go here. Exactly one is the default.',
    }),
  },
  { additionalProperties: false },
);

/** The `database` section of `link.json` for a Firebird server. */
export const FirebirdOptions = Type.Object(
  {
    driver: Type.Literal('firebird', { description: 'Kind of database.' }),
    host: Type.String({ minLength: 1, description: 'Name or address of the server.' }),
    port: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 65_535,
        description: 'Port of the server. Left out, 3050.',
      }),
    ),
    user: Type.String({ minLength: 1, description: 'User of the database.' }),
    password: Type.String({ minLength: 1, description: 'Password of the user. A secret.' }),
    charset: Type.Enum(['UTF8', 'WIN1252'], {
      description:
        'Character set of the connection. `UTF8` reads columns of every declared character set; columns declared `NONE` are read as the character set named here.',
    }),
    wireCrypt: Type.Optional(
      Type.Enum(['required', 'enabled', 'disabled'], {
        description:
          'Encryption of the connection (Firebird 3 and later). Left out, `enabled`: where the server offers it.',
      }),
    ),
    connectTimeoutMs: Type.Optional(
      Type.Integer({
        minimum: 100,
        maximum: 120_000,
        description: 'How long opening a connection may take. Left out, 10,000.',
      }),
    ),
    catalogues: Type.Array(FirebirdCatalogue, { minItems: 1 }),
    maxConnections: Type.Integer({
      minimum: 2,
      maximum: 64,
      description:
        'Connections to the database at most. One of them is kept for immediate queries.',
    }),
  },
  { additionalProperties: false },
);

/** The `database` section of `link.json` for a Firebird server. */
export type FirebirdOptions = Static<typeof FirebirdOptions>;
