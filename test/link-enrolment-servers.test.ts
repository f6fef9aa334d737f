import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TempFolder } from './support/dev-system.ts';
import { FakeGateway } from './support/fake-gateway.ts';
import {
  createFirebirdDatabase,
  describeOnFirebird,
  type TestDatabase,
} from './support/firebird-server.ts';
import { type Env, Program } from './support/program.ts';
import { startTdsPeer } from './support/tds-peer/tds-peer.ts';

const SITE_ID = '11111111-1111-4111-8111-111111111111';
const WRONG = 'a wrong password';
const CERTIFICATE = fileURLToPath(
  new URL('support/tds-peer/test-only-certificate.pem', import.meta.url),
);

let folder: TempFolder;
let gateway: FakeGateway;

beforeEach(async () => {
  folder = new TempFolder();
  const onRequest = () => ({ status: 200, body: { siteId: SITE_ID } });
  gateway = await new FakeGateway({ publicKey: '', onRequest }).listen();
});
afterEach(async () => {
  await gateway[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const dataDir = () => join(folder.path, 'link');

async function link(command: string, args: readonly string[], env: Env = {}) {
  const program = new Program(['link', command, '--data-dir', dataDir(), ...args], env);
  const { code } = await program.exit;
  return { code, stdout: program.stdout, stderr: program.stderr };
}

const enrol = (password: string, args: readonly string[]) =>
  link('enrol', ['--gateway', gateway.url, '--token', 'once', ...args], {
    PARHELION_DB_PASSWORD: password,
  });

describe('a link of SQL Server', () => {
  const flags = (port: number) => [
    '--driver=mssql',
    '--server=127.0.0.1',
    `--port=${port}`,
    '--user=link',
    '--catalogue=Practice',
  ];

  test('is enrolled and checked, and its password is for the owner only', async () => {
    await using peer = await startTdsPeer();
    const args = [...flags(peer.port), '--encrypt', 'off'];
    expect(await enrol('secret', args)).toMatchObject({ code: 0, stderr: '' });
    expect(statSync(join(dataDir(), 'link.json')).mode & 0o777).toBe(0o600);
    const { database } = JSON.parse(readFileSync(join(dataDir(), 'link.json'), 'utf8')) as {
      database: unknown;
    };
    expect(database).toMatchObject({ authentication: { type: 'sql', password: 'secret' } });
    const checked = await link('check', []);
    expect(checked.stdout).toContain(
      `ok    The catalogue Practice opens at SQL Server at 127.0.0.1:${peer.port}.`,
    );
    expect(checked.code).toBe(0);
  });

  test.each<[string, string, string[], Parameters<typeof startTdsPeer>[0]]>([
    ['refused the login: Login failed', WRONG, ['--encrypt', 'off'], {}],
    ['does not open the database', 'secret', ['--encrypt', 'off'], { databases: ['Other'] }],
    ['The certificate of', 'secret', [], { encryption: 'required' }],
    [
      'The certificate of',
      'secret',
      ['--trust', `pinned:${'00'.repeat(32)}`],
      { encryption: 'required' },
    ],
    ['agree on encryption', 'secret', ['--encrypt', 'off'], { encryption: 'required' }],
  ])('that cannot be used is told in plain words: %s', async (words, password, more, options) => {
    await using peer = await startTdsPeer(options);
    const { code, stdout, stderr } = await enrol(password, [...flags(peer.port), ...more]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).not.toContain(WRONG);
    expect(gateway.requests).toEqual([]);
    expect(existsSync(dataDir())).toBe(false);
    expect(peer.seen.logins.length).toBeLessThanOrEqual(1);
  });

  test('trusts an authority that is named', async () => {
    await using peer = await startTdsPeer({ encryption: 'required' });
    const args = [...flags(peer.port), '--trust', `ca:${CERTIFICATE}`];
    expect((await enrol('secret', args)).code).toBe(0);
  });
});

describeOnFirebird('a link', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createFirebirdDatabase('WIN1252');
  });
  afterEach(() => database[Symbol.asyncDispose]());

  const flags = (file: string) => [
    '--driver=firebird',
    '--server=127.0.0.1',
    '--user=SYSDBA',
    '--charset=WIN1252',
    `--catalogue=Main=${file}`,
  ];

  test('is enrolled', async () => {
    const { password } = database.options;
    expect(await enrol(password, flags(database.file))).toMatchObject({ code: 0, stderr: '' });
  });

  test('that cannot be used is told in plain words', async () => {
    const refused = await enrol(WRONG, flags(database.file));
    expect(refused.stderr).toMatch(/^Firebird at 127\.0\.0\.1 refused the login: /);
    const { password } = database.options;
    const missing = await enrol(password, flags('/nowhere/at/all.fdb'));
    expect(missing.stderr).toContain('does not open the database of the catalogue Main');
    expect([refused.code, missing.code]).toEqual([1, 1]);
    expect(gateway.requests).toEqual([]);
  });
});
