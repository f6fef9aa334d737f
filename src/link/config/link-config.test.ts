import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkLinkConfig, readLinkConfig, writeLinkConfig } from './link-config.ts';

const INTEGRATOR = '22222222-2222-4222-8222-222222222222';
const SECRET = 'hunter2!';

const catalogues = [{ name: 'Main', isDefault: true }];
const mssql = {
  driver: 'mssql',
  server: 'db.example',
  authentication: { type: 'sql', user: 'clinic', password: SECRET },
  encrypt: 'required',
  certificate: { trust: 'system' },
  catalogues,
  maxConnections: 4,
};
const firebird = {
  driver: 'firebird',
  host: 'db.example',
  user: 'SYSDBA',
  password: SECRET,
  charset: 'WIN1252',
  catalogues: [{ name: 'Main', file: 'zedmed', isDefault: true }],
  maxConnections: 4,
};
const sqlite = {
  driver: 'sqlite',
  dialect: 'tsql',
  catalogues: [{ name: 'Main', file: 'a.db', isDefault: true }],
  maxConnections: 4,
};
const configOf = (database: unknown, databases?: unknown) => ({
  gatewayUrl: 'https://gateway.example',
  siteId: '11111111-1111-4111-8111-111111111111',
  practice: {},
  database,
  ...(databases !== undefined && { databases }),
});
const byIntegrator = (credentials: unknown, id = INTEGRATOR) => ({
  byIntegrator: { [id]: credentials },
});
const ntlm = { type: 'ntlm', domain: 'CLINIC', user: 'app', password: SECRET };

describe('the database section', () => {
  it.each([
    ['SQL Server', mssql, undefined],
    ['SQL Server with NTLM', { ...mssql, authentication: ntlm }, undefined],
    [
      'a pinned certificate',
      { ...mssql, certificate: { trust: 'pinned', sha256: 'ab'.repeat(32) } },
    ],
    ['Firebird', firebird, undefined],
    ['SQLite', sqlite, undefined],
    ['credentials by integrator', mssql, byIntegrator({ authentication: ntlm })],
    ['the same for Firebird', firebird, byIntegrator({ user: 'APP', password: SECRET })],
    [
      'passwords in the environment',
      { ...mssql, authentication: { type: 'sql', user: 'clinic', passwordEnv: 'DB_PW' } },
      byIntegrator({ authentication: { type: 'sql', user: 'app', passwordEnv: 'APP_PW' } }),
    ],
  ])('takes %s', (_, database, databases?: unknown) => {
    const config = configOf(database, databases);
    expect(checkLinkConfig('link.json', config)).toEqual(config);
  });

  const { server: _, ...withoutServer } = mssql;
  const authentication = (members: object) => ({
    ...mssql,
    authentication: { ...mssql.authentication, ...members },
  });
  it.each<[string, unknown, unknown?]>([
    ['database is missing', undefined],
    ['database.driver must be one of sqlite, mssql, firebird', { ...mssql, driver: 'oracle' }],
    ['database.driver must be one of sqlite, mssql, firebird', 'mssql'],
    ['database.server is missing', withoutServer],
    ['database.host is no known field', { ...mssql, host: 'x' }],
    ['database.port must be integer', { ...mssql, port: '1433' }],
    ['database.port must be <= 65535', { ...mssql, port: 70_000 }],
    ['database.encrypt must be one of "required", "off"', { ...mssql, encrypt: true }],
    ['database.authentication must be', { ...mssql, authentication: SECRET }],
    ['database.authentication.type must be one of "sql", "ntlm"', authentication({ type: 'x' })],
    ['database.authentication.domain is missing', authentication({ type: 'ntlm' })],
    ['database.authentication.domain is no known field', authentication({ domain: 'D' })],
    ['database.authentication.password must be string', authentication({ password: 7 })],
    [
      'database.authentication has both password and passwordEnv',
      authentication({ passwordEnv: 'DB_PW' }),
    ],
    [
      'database.authentication.passwordEnv must be the name',
      { ...mssql, authentication: { type: 'sql', user: 'u', passwordEnv: 'not a name' } },
    ],
    [
      'database.certificate.trust must be one of "system", "pinned", "ca", "any"',
      { ...mssql, certificate: { trust: 'me' } },
    ],
    ['database.certificate.sha256 is missing', { ...mssql, certificate: { trust: 'pinned' } }],
    ['database.catalogues must be an array', { ...mssql, catalogues: {} }],
    ['database.catalogues must have at least 1', { ...mssql, catalogues: [] }],
    ['database.catalogues.0.isDefault is missing', { ...mssql, catalogues: [{ name: 'A' }] }],
    [
      'database.catalogues needs one default catalogue and has 2',
      { ...mssql, catalogues: [...catalogues, { name: 'B', isDefault: true }] },
    ],
    ['database.charset must be one of "UTF8", "WIN1252"', { ...firebird, charset: 'LATIN1' }],
    ['database.password is missing', { ...firebird, password: undefined }],
    ['database.catalogues.0.file is missing', { ...firebird, catalogues }],
    ['database.dialect must be one of "tsql", "sqlite"', { ...sqlite, dialect: 'pl' }],
    ['databases.byIntegrator.x is no integrator', mssql, byIntegrator({}, 'x')],
    [`databases.byIntegrator.${INTEGRATOR}.authentication is missing`, mssql, byIntegrator({})],
    [
      `databases.byIntegrator.${INTEGRATOR}.server is no known field`,
      mssql,
      byIntegrator({ server: 'other', authentication: ntlm }),
    ],
    [
      `databases.byIntegrator.${INTEGRATOR}.password is missing`,
      firebird,
      byIntegrator({ user: 'A' }),
    ],
    [`databases.byIntegrator.${INTEGRATOR} is of no use: SQLite`, sqlite, byIntegrator({})],
    ['databases.default is no known field', mssql, { default: {} }],
  ])('says file and field: %s', (sentence, database, databases?) => {
    const checking = () => checkLinkConfig('/etc/link.json', configOf(database, databases));
    expect(checking).toThrow(`/etc/link.json: ${sentence}`);
    expect(checking).not.toThrow(SECRET);
  });
});

it('is written for its owner only, with the name of a variable in place of a password', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'link-'));
  try {
    const authentication = { type: 'sql', user: 'clinic', passwordEnv: 'DB_PW' };
    const config = checkLinkConfig('x', configOf({ ...mssql, authentication }));
    await writeLinkConfig(dataDir, config);
    expect(await readLinkConfig(dataDir)).toEqual(config);
    const path = join(dataDir, 'link.json');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, 'utf8')).toContain('"passwordEnv": "DB_PW"');
  } finally {
    await rm(dataDir, { recursive: true });
  }
});
