import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readSystemFile } from '../src/link/setup/system-file.ts';
import { practiceFacts } from '../src/practice/practice-facts.ts';
import { TempFolder } from './support/dev-system.ts';
import type { HttpClient } from './support/http-client.ts';
import { copyPractice, type PracticeFiles } from './support/practice-copy.ts';
import { type Env, Program } from './support/program.ts';
import { QueryClient } from './support/query-client.ts';
import {
  asIntegrator,
  createIntegrator,
  type IntegratorKeys,
  operator,
  startGateway,
} from './support/system.ts';
import { until } from './support/until.ts';

const SYSTEM_FILE = fileURLToPath(
  new URL('../examples/systems/demo-practice.json', import.meta.url),
);
const PASSWORD = 'correct horse battery staple';

const gatewayFolder = new TempFolder();
let gateway: Awaited<ReturnType<typeof startGateway>>;
let admin: HttpClient;
let integrator: IntegratorKeys;

beforeAll(async () => {
  gateway = await startGateway({ PARHELION_DATA_DIR: join(gatewayFolder.path, 'gateway') });
  admin = operator(gateway.url);
  integrator = await createIntegrator(admin, 'First integrator');
});
afterAll(async () => {
  await gateway.program.stop();
  gatewayFolder[Symbol.dispose]();
});

let folder: TempFolder;
let files: PracticeFiles;
let site: { id: string };
let token: string;

beforeEach(async () => {
  folder = new TempFolder();
  files = copyPractice(join(folder.path, 'practice'));
  const created = await admin.post('/admin/sites', {
    practiceManagementName: 'Best Practice',
    practiceManagementSiteId: `BP-${folder.path.slice(-6)}`,
    practiceName: 'As the operator wrote it',
  });
  site = created.json as { id: string };
  const issued = await admin.post(`/admin/sites/${site.id}/enrolment-tokens`);
  ({ token } = issued.json as { token: string });
  await admin.send({ method: 'PUT', path: `/admin/sites/${site.id}/pairings/${integrator.id}` });
});
afterEach(() => folder[Symbol.dispose]());

const dataDir = () => join(folder.path, 'link');

interface Words {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function link(
  args: readonly string[],
  { env = {}, input }: { env?: Env; input?: string } = {},
): Promise<Words> {
  const program = new Program(['link', ...args, '--data-dir', dataDir()], env, input);
  const { code } = await program.exit;
  return { code, stdout: program.stdout, stderr: program.stderr };
}

const enrol = (args: readonly string[], world?: { env?: Env; input?: string }) =>
  link(['enrol', '--gateway', gateway.url, '--token', token, ...args], world);

const catalogueFlags = () => [
  `--catalogue=Patients=${files.Patients}`,
  `--catalogue=Documents=${files.Documents}`,
];

const queries = () => new QueryClient(asIntegrator(gateway.url, integrator.primaryKey), site.id);

/** A port that refuses connections. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return port;
}

describe('enrolment with a system file', () => {
  test('reads from the database who the practice is, and the site shows it', async () => {
    const { code, stdout, stderr } = await enrol(['--system', SYSTEM_FILE, ...catalogueFlags()]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { practiceManagementVersion, practiceManagementSiteId, practiceName } = practiceFacts;
    expect(stdout).toContain(`Software: Best Practice ${practiceManagementVersion}.`);
    expect(stdout).toContain(`PMS ID: ${practiceManagementSiteId}.`);
    expect(stdout).toContain(`Practice: ${practiceName}.`);
    for (const name of ['link.json', 'identity.key']) {
      expect(statSync(join(dataDir(), name)).mode & 0o777).toBe(0o600);
    }
    const config = JSON.parse(readFileSync(join(dataDir(), 'link.json'), 'utf8')) as object;
    expect(config).toMatchObject({ database: { timeZone: 'Australia/Sydney', dialect: 'tsql' } });
    await using _running = new Program(['link', 'run', '--data-dir', dataDir()], {});
    await until('a small query is answered', () => queries().answers());
    const http = asIntegrator(gateway.url, integrator.primaryKey);
    expect((await http.get(`/integrator/sites/${site.id}`)).json).toMatchObject({
      practiceMetadata: { practiceName, practiceManagementVersion },
      catalogue: [
        { name: 'Patients', isDefault: true },
        { name: 'Documents', isDefault: false },
      ],
    });
  });

  test('asks for what it does not know, over lines that are piped in', async () => {
    const input = [files.Patients, files.Documents, 'Best Practice', ''].join('\n');
    const args = ['--system', SYSTEM_FILE, '--ask'];
    const { code, stdout, stderr } = await enrol(args, { input });
    expect(stderr).toMatch(/Patients: Path of its SQLite file: .*Documents: Path of its SQLite/s);
    expect(code).toBe(0);
    expect(stdout).toContain('SQLite on this machine, Patients, Documents.');
    expect((await link(['check'])).code).toBe(0);
  });

  test('ends with a sentence when the answers end', async () => {
    const { code, stderr } = await enrol(['--ask'], { input: 'sqlite\n' });
    expect(code).toBe(1);
    expect(stderr).toContain('The answers ended before everything was known.');
    expect(existsSync(dataDir())).toBe(false);
  });
});

test('the examples in the reference are system files', async () => {
  const page = readFileSync(new URL('../docs/reference/system-file.md', import.meta.url), 'utf8');
  const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map((match) => match[1] ?? '');
  expect(examples.length).toBeGreaterThan(1);
  for (const example of examples) {
    const path = join(folder.path, 'example.json');
    writeFileSync(path, example);
    expect(await readSystemFile(path)).toMatchObject({ product: 'Example PMS' });
  }
});

describe('an enrolment that fails', () => {
  test('uses no token and leaves no file: the same token works afterwards', async () => {
    const gone = join(folder.path, 'gone.db');
    const failed = await enrol([`--catalogue=Patients=${gone}`]);
    expect(failed).toMatchObject({ code: 1, stdout: '' });
    expect(failed.stderr).toBe(
      "The database file of the catalogue 'Patients' does not exist. Check its path.\n",
    );
    expect(existsSync(dataDir())).toBe(false);
    expect((await enrol(catalogueFlags())).code).toBe(0);
    const again = await enrol(catalogueFlags());
    expect(again.stderr).toContain('Use --force to replace its identity.');
  });

  test('never shows the password, wherever it comes from', async () => {
    const port = await closedPort();
    const server = ['--driver=mssql', '--server=127.0.0.1', `--port=${port}`, '--user=clinic'];
    for (const env of [{ PARHELION_DB_PASSWORD: PASSWORD }, { DB_PW: PASSWORD }]) {
      const source = 'DB_PW' in env ? ['--password-env=DB_PW'] : [];
      const { code, stdout, stderr } = await enrol([...server, '--catalogue=A', ...source], {
        env,
      });
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(`SQL Server at 127.0.0.1:${port}`);
      expect(stderr).not.toContain(PASSWORD);
      expect(existsSync(dataDir())).toBe(false);
    }
  });

  test('says which setting is missing when nobody can be asked', async () => {
    const { code, stderr } = await enrol(['--driver=firebird', '--server=127.0.0.1']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '--user is missing: Login.\n' });
  });
});

describe('link check', () => {
  test('tests files, database and gateway, and says what is wrong', async () => {
    await enrol(catalogueFlags());
    const good = await link(['check']);
    expect(good).toMatchObject({ code: 0, stderr: '' });
    expect(good.stdout.match(/^ok {3}/gm)).toHaveLength(7);
    renameSync(files.Documents, `${files.Documents}.away`);
    const bad = await link(['check']);
    expect(bad.code).toBe(1);
    expect(bad.stdout).toMatch(/^WRONG The database file of the catalogue 'Documents' does not/m);
  });

  test('asks for an enrolment where there was none', async () => {
    const { code, stdout, stderr } = await link(['check']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'One thing is wrong.\n' });
    expect(stdout).toContain('Enrol the link first.');
  });
});

test('a database that is away: callers hear it at once, the link stays, and finds it again', async () => {
  await enrol(catalogueFlags());
  renameSync(files.Patients, `${files.Patients}.away`);
  await using running = new Program(['link', 'run', '--data-dir', dataDir()], {});
  const answer = await until('the site is there', async () => {
    const asked = await queries().run('SELECT 1 AS n');
    return asked.status === 503 ? undefined : asked;
  });
  expect(answer.status).toBe(400);
  expect(answer.json).toMatchObject({
    status: 'executionFailed',
    errorDetails: { errorType: 'haloLink', errorCode: 1004 },
  });
  renameSync(`${files.Patients}.away`, files.Patients);
  await until('a small query is answered', () => queries().answers());
  expect(running.hasEnded).toBe(false);
  const refusals = running.log.filter(({ problem }) => problem === 'fileMissing');
  expect(refusals.length).toBeGreaterThan(0);
  expect(JSON.stringify(running.log)).not.toContain(files.Patients);
});
