import { type Static, Type } from 'typebox';

const Authentication = Type.Union([
  Type.Object(
    {
      type: Type.Literal('sql', { description: "SQL Server's own logins." }),
      user: Type.String({ minLength: 1 }),
      password: Type.String(),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      type: Type.Literal('ntlm', { description: 'A Windows account, with the credentials given.' }),
      domain: Type.String({ minLength: 1 }),
      user: Type.String({ minLength: 1 }),
      password: Type.String(),
    },
    { additionalProperties: false },
  ),
]);

const Certificate = Type.Union([
  Type.Object(
    {
      trust: Type.Literal('system', {
        description: "Signed by an authority of Node's list, or of NODE_EXTRA_CA_CERTS.",
      }),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      trust: Type.Literal('pinned', { description: 'Exactly one certificate, whoever signed it.' }),
      sha256: Type.String({
        pattern: '^[0-9A-Fa-f]{2}(?::?[0-9A-Fa-f]{2}){31}$',
        description: 'SHA-256 of the certificate in DER, as hexadecimal digits.',
      }),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      trust: Type.Literal('ca', { description: 'Signed by an authority of a PEM file.' }),
      file: Type.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      trust: Type.Literal('any', {
        description: 'Any certificate: encrypted, but not proof against an impostor.',
      }),
    },
    { additionalProperties: false },
  ),
]);

const Catalogue = Type.Object(
  {
    name: Type.String({ minLength: 1, description: 'The name that callers use.' }),
    database: Type.Optional(
      Type.String({ minLength: 1, description: 'The database on the server; default: the name.' }),
    ),
    isDefault: Type.Boolean(),
  },
  { additionalProperties: false },
);

/** The `database` section of link.json for SQL Server. */
export const MssqlOptions = Type.Object(
  {
    driver: Type.Literal('mssql'),
    server: Type.String({ minLength: 1, description: 'Host name or address.' }),
    port: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 65_535, description: 'Default 1433.' }),
    ),
    instanceName: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'A named instance, found by the SQL Server Browser; not together with a port.',
      }),
    ),
    authentication: Authentication,
    encrypt: Type.Enum(['required', 'off'], {
      description: 'Whether the connection is encrypted; `required` never falls back.',
    }),
    certificate: Type.Optional(Certificate),
    connectTimeoutMs: Type.Optional(
      Type.Integer({ minimum: 100, maximum: 300_000, description: 'Default 15000.' }),
    ),
    catalogues: Type.Array(Catalogue, { minItems: 1 }),
    maxConnections: Type.Integer({ minimum: 2, maximum: 64 }),
    timeZone: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z]+(?:/[A-Za-z0-9_+-]+)*$',
        description: "IANA zone of the practice's clock; the driver itself needs none.",
      }),
    ),
  },
  { additionalProperties: false },
);
export type MssqlOptions = Static<typeof MssqlOptions>;
