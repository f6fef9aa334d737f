import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;

/** The `database` section of link.json for SQL Server. */
export const MssqlOptions = Type.Object(
  {
    driver: Type.Literal('mssql', { description: 'SQL Server.' }),
    server: Type.String({ minLength: 1, description: 'Host name or address of the server.' }),
    port: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 65_535, description: 'TCP port; 1433 when left out.' }),
    ),
    instanceName: Type.Optional(
      Type.String({ minLength: 1, description: 'A named instance; its browser tells the port.' }),
    ),
    authentication: Type.Union([
      Type.Object(
        {
          type: Type.Literal('sql', { description: 'A login of SQL Server.' }),
          user: Type.String({ minLength: 1, description: 'Name of the login.' }),
          password: Type.String({ description: 'Its password. A secret.' }),
        },
        closed,
      ),
      Type.Object(
        {
          type: Type.Literal('ntlm', { description: 'A Windows account with NTLM.' }),
          domain: Type.String({ description: 'Domain of the account.' }),
          user: Type.String({ minLength: 1, description: 'Name of the account.' }),
          password: Type.String({ description: 'Its password. A secret.' }),
        },
        closed,
      ),
    ]),
    encrypt: Type.Enum(['required', 'off'], { description: 'Whether the connection uses TLS.' }),
    certificate: Type.Optional(
      Type.Union([
        Type.Object(
          { trust: Type.Literal('system', { description: 'Authorities that Node trusts.' }) },
          closed,
        ),
        Type.Object(
          {
            trust: Type.Literal('pinned', { description: 'This one certificate.' }),
            sha256: Type.String({
              pattern: '^[0-9A-Fa-f]{64}$',
              description: 'SHA-256 of the certificate, hex.',
            }),
          },
          closed,
        ),
        Type.Object(
          {
            trust: Type.Literal('ca', { description: 'An authority of the practice.' }),
            file: Type.String({ minLength: 1, description: 'PEM file of the authority.' }),
          },
          closed,
        ),
        Type.Object(
          { trust: Type.Literal('any', { description: 'Any certificate at all.' }) },
          closed,
        ),
      ]),
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
          database: Type.Optional(
            Type.String({
              minLength: 1,
              description: 'Name of the database on the server; left out, the same.',
            }),
          ),
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
    timeZone: Type.Optional(Type.String({ description: 'IANA name of the practice’s time zone.' })),
  },
  closed,
);
export type MssqlOptions = Static<typeof MssqlOptions>;
