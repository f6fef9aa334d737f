import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeServer } from '../../../test/support/fake-engine.ts';
import { FakeGateway } from '../../../test/support/fake-gateway.ts';
import { ENGINES } from '../../sql/drivers/engines.ts';
import { readLinkConfig } from '../config/link-config.ts';
import { checkLink, type Finding } from './check-link.ts';
import type { DatabaseAnswers } from './collect-database.ts';
import type { QuestionOptions, Questions } from './questions.ts';
import { type SetUpOptions, setUpLink } from './set-up-link.ts';
import type { SystemFile } from './system-file.ts';

const SYSTEMS = fileURLToPath(new URL('../../fhir/systems', import.meta.url));
const SITE_ID = '11111111-1111-4111-8111-111111111111';
const INTEGRATOR = '22222222-2222-4222-8222-222222222222';
const PASSWORD = 'the right password';

const host = { nodePath: '', sqliteConnection: '', env: {} };
const answers: DatabaseAnswers = {
  driver: 'fake',
  settings: { server: 'db.example', user: 'clinic' },
  secret: { password: PASSWORD },
  catalogues: [{ name: 'Main' }],
};

let folder: string;
let gateway: FakeGateway;
let server: FakeServer;
const engines = () => ({ ...ENGINES, fake: server.engine });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'link-'));
  server = new FakeServer();
  gateway = await new FakeGateway({
    publicKey: '',
    onRequest: () => ({ status: 200, body: { siteId: SITE_ID } }),
  }).listen();
});
afterEach(async () => {
  await gateway[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const dataDir = () => join(folder, 'link');

const setUp = (options: Partial<SetUpOptions> = {}) =>
  setUpLink({
    systemsFolder: SYSTEMS,
    dataDir: dataDir(),
    gatewayUrl: gateway.url,
    token: 'once',
    force: false,
    answers,
    practice: {},
    host,
    env: {},
    resolvePath: (path) => join(folder, path),
    engines: engines(),
    ...options,
  });

async function withSystem(system: Partial<SystemFile>): Promise<Partial<SetUpOptions>> {
  const file: SystemFile = { product: 'Zedmed', driver: 'fake', ...system };
  await writeFile(join(folder, 'system.json'), JSON.stringify(file));
  const { driver: _, ...others } = answers;
  return { systemFile: 'system.json', answers: { ...others, catalogues: [] } };
}

/** A person who knows these answers; what was asked is kept. */
class Person implements Questions {
  readonly asked: string[] = [];
  readonly secrets: string[] = [];
  readonly #answers: Readonly<Record<string, string>>;

  constructor(known: Readonly<Record<string, string>>) {
    this.#answers = known;
  }

  async ask(question: string, options: QuestionOptions = {}): Promise<string> {
    this.asked.push(question);
    if (options.isSecret) this.secrets.push(question);
    return this.#answers[question] ?? options.default ?? '';
  }
}

describe('setting a link up', () => {
  it('tries the database, then uses the token and writes for the owner only', async () => {
    const done = await setUp();
    expect(done).toEqual({
      siteId: SITE_ID,
      place: 'Fake at db.example',
      catalogues: ['Main'],
      practice: {},
    });
    expect(server.attempts).toEqual(['clinic@Main']);
    expect(server.openConnections).toBe(0);
    expect(gateway.requests.map(({ path }) => path)).toEqual(['/link/enrol']);
    expect((await readLinkConfig(dataDir(), engines())).database).toEqual({
      driver: 'fake',
      server: 'db.example',
      user: 'clinic',
      password: PASSWORD,
      catalogues: [{ name: 'Main', isDefault: true }],
      maxConnections: 4,
    });
    for (const name of await readdir(dataDir())) {
      expect((await stat(join(dataDir(), name))).mode & 0o777).toBe(0o600);
    }
    expect((await stat(dataDir())).mode & 0o777).toBe(0o700);
  });

  it('can leave the password in the environment', async () => {
    const secret = { passwordEnv: 'DB_PW' };
    await setUp({ answers: { ...answers, secret }, env: { DB_PW: PASSWORD } });
    expect(await readFile(join(dataDir(), 'link.json'), 'utf8')).not.toContain(PASSWORD);
  });

  type Change = () => Partial<SetUpOptions> | Promise<Partial<SetUpOptions>>;
  const answering = (change: Partial<DatabaseAnswers>) => ({ answers: { ...answers, ...change } });
  it.each<[string, Change]>([
    [
      'Fake at db.example refuses the connection: nothing listens there. Check the address',
      () => {
        server.isDown = true;
        return {};
      },
    ],
    [
      "Fake at db.example refused the login: Login failed for user 'clinic'. Check user and password",
      () => answering({ secret: { password: 'a wrong password' } }),
    ],
    [
      'does not open the database of the catalogue Gone to this login: Cannot open database "Gone".',
      () => answering({ catalogues: [{ name: 'Main' }, { name: 'Gone' }] }),
    ],
    [
      'The query metadata.practiceName failed: Invalid object name',
      async () => ({
        ...(await withSystem({ metadata: { practiceName: { query: 'SELECT nothing' } } })),
        answers: { ...answers },
      }),
    ],
    [
      'The query metadata.practiceName of Zedmed gave no value.',
      async () => {
        server.rows['SELECT null'] = [[null]];
        return {
          ...(await withSystem({ metadata: { practiceName: { query: 'SELECT null' } } })),
          answers,
        };
      },
    ],
    [
      'The settings: database.port must be integer',
      () => answering({ settings: { ...answers.settings, port: 'x' } }),
    ],
    ['--server is missing: Server.', () => answering({ settings: { user: 'clinic' } })],
    [
      '--charset means nothing to Fake.',
      () => answering({ settings: { ...answers.settings, charset: 'UTF8' } }),
    ],
    ['Name the database: --catalogue Name', () => answering({ catalogues: [] })],
    [
      'The environment variable NONE is not set',
      () => answering({ secret: { passwordEnv: 'NONE' } }),
    ],
    [
      'cannot be written (ENOTDIR)',
      async () => {
        await writeFile(join(folder, 'file'), '');
        return { dataDir: join(folder, 'file', 'link') };
      },
    ],
    ['--driver must be one of', () => answering({ driver: 'oracle' })],
    ['Where is Main? Give --catalogue Main=…', () => answering({ driver: 'firebird' })],
  ])('leaves token and folder alone and says: %s', async (sentence, change) => {
    const options = await change();
    const before = await readdir(folder);
    const { message } = await setUp(options).then(
      () => new Error('It was set up.'),
      (thrown: Error) => thrown,
    );
    expect(message).toContain(sentence);
    expect(message).not.toMatch(/the right password|a wrong password/);
    expect(gateway.requests).toEqual([]);
    expect(await readdir(folder)).toEqual(before);
  });

  it('leaves nothing behind when the gateway refuses the token', async () => {
    await gateway[Symbol.asyncDispose]();
    gateway = await new FakeGateway({ publicKey: '', onRequest: () => ({ status: 401 }) }).listen();
    await expect(setUp()).rejects.toThrow('refused the enrolment token');
    expect(await readdir(folder)).toEqual([]);
  });

  it('asks neither database nor gateway when there is an identity already', async () => {
    await setUp();
    server.attempts.length = 0;
    await expect(setUp()).rejects.toThrow('--force');
    expect(server.attempts).toEqual([]);
    expect(gateway.requests).toHaveLength(1);
  });
});

describe('a person at a terminal', () => {
  it('is asked for everything that is missing, and for the password in secret', async () => {
    const person = new Person({
      'Kind of database (sqlite, mssql, firebird, fake)': 'fake',
      Server: 'db.example',
      Login: 'clinic',
      Password: PASSWORD,
      'Name of the first database, as queries call it (empty: no more)': 'Patients',
      'Patients: Its database on the server': 'Main',
      'Name of the practice (empty: not known)': 'Wattle Street',
      "The vendor's id of the practice (PMS ID) (empty: not known)": 'BP-1',
    });
    const done = await setUp({ answers: { settings: {}, catalogues: [] }, questions: person });
    expect(person.secrets).toEqual(['Password']);
    expect(done).toMatchObject({
      catalogues: ['Patients'],
      practice: { practiceName: 'Wattle Street', practiceManagementSiteId: 'BP-1' },
    });
    expect(server.attempts).toEqual(['clinic@Main']);
    expect(await readLinkConfig(dataDir(), engines())).toMatchObject({
      practice: done.practice,
      database: { catalogues: [{ name: 'Patients', location: 'Main', isDefault: true }] },
    });
  });

  it('is not asked for what was given', async () => {
    const person = new Person({ 'Name of the practice (empty: not known)': 'Wattle Street' });
    const practice = {
      practiceManagementName: 'Zedmed',
      practiceManagementVersion: '36',
      practiceManagementSiteId: 'Z1',
    };
    await setUp({ questions: person, practice });
    expect(person.asked).toEqual(['Name of the practice (empty: not known)']);
  });
});

describe('a system file', () => {
  it('names the catalogues and asks the database who the practice is', async () => {
    server.rows = { 'SELECT version': [['36.1.2 ']], 'SELECT id': [['Z-7'], ['Z-8']] };
    const options = await withSystem({
      catalogues: [
        { name: 'Patients', location: 'Main', isDefault: false },
        { name: 'Other', isDefault: true },
      ],
      metadata: {
        practiceManagementVersion: { query: 'SELECT version', catalogue: 'Patients' },
        practiceManagementSiteId: { query: 'SELECT id' },
      },
    });
    const { practice, catalogues } = await setUp(options);
    expect(catalogues).toEqual(['Patients', 'Other']);
    expect(practice).toEqual({
      practiceManagementName: 'Zedmed',
      practiceManagementVersion: '36.1.2',
      practiceManagementSiteId: 'Z-7',
    });
    expect(server.ran).toEqual(['clinic@Main: SELECT version', 'clinic@Other: SELECT id']);
  });

  it('can let the database say which catalogues there are', async () => {
    server.databases = ['master', 'Clinic_1', 'Images_1'];
    server.rows = {
      'SELECT name': [
        ['Patients', 'Clinic_1'],
        ['Images', 'Images_1'],
      ],
    };
    const catalogues = { query: 'SELECT name', connectTo: 'master' };
    await setUp(await withSystem({ metadata: { catalogues } }));
    expect(server.attempts).toEqual(['clinic@master', 'clinic@Clinic_1', 'clinic@Images_1']);
    expect((await readLinkConfig(dataDir(), engines())).database.catalogues).toEqual([
      { name: 'Patients', location: 'Clinic_1', isDefault: true },
      { name: 'Images', location: 'Images_1', isDefault: false },
    ]);
  });

  it('is stood above by what the person gives', async () => {
    const options = await withSystem({
      catalogues: [{ name: 'Patients', location: 'Main', isDefault: true }],
      metadata: { practiceName: { query: 'SELECT nothing' } },
    });
    const given = {
      ...answers,
      driver: 'fake',
      catalogues: [{ name: 'Patients', location: 'Other' }],
    };
    const done = await setUp({ ...options, answers: given, practice: { practiceName: 'Ours' } });
    expect(done.practice).toEqual({ practiceName: 'Ours', practiceManagementName: 'Zedmed' });
    expect(server.attempts).toEqual(['clinic@Other']);
  });

  it.each<[string, object]>([
    ['product is missing', { product: undefined }],
    ['driver must be one of sqlite, mssql, firebird, fake', { driver: 'oracle' }],
    ['password is no known field', { password: 'x' }],
    ['settings.user is no known field', { settings: { user: 'sa' } }],
    [
      'catalogues needs one default catalogue and has 0',
      { catalogues: [{ name: 'A', isDefault: false }] },
    ],
    ['metadata.practiceName.query is missing', { metadata: { practiceName: {} } }],
    [
      'metadata.practiceName.query must be one SELECT',
      { metadata: { practiceName: { query: 'DELETE FROM Patients' } } },
    ],
    [
      'metadata.practiceName.catalogue is none of A',
      {
        catalogues: [{ name: 'A', isDefault: true }],
        metadata: { practiceName: { query: 'SELECT 1', catalogue: 'B' } },
      },
    ],
    [
      'catalogues and metadata.catalogues exclude each other',
      {
        catalogues: [{ name: 'A', isDefault: true }],
        metadata: { catalogues: { query: 'SELECT 1', connectTo: 'm' } },
      },
    ],
  ])('is refused by file and field: %s', async (sentence, change) => {
    const options = await withSystem(change);
    await expect(setUp(options)).rejects.toThrow(`${join(folder, 'system.json')}: ${sentence}`);
    expect(server.attempts).toEqual([]);
  });

  it('that is missing, or is no JSON, is refused', async () => {
    await expect(setUp({ systemFile: 'none.json' })).rejects.toThrow('there is no such file');
    await writeFile(join(folder, 'none.json'), '{');
    await expect(setUp({ systemFile: 'none.json' })).rejects.toThrow('is not JSON');
  });
});

describe('a check', () => {
  async function check(): Promise<Finding[]> {
    const findings: Finding[] = [];
    const options = { dataDir: dataDir(), host, env: {}, resolvePath: (path: string) => path };
    for await (const finding of checkLink({
      systemsFolder: SYSTEMS,
      ...options,
      readTransport: () => Promise.resolve({}),
      engines: engines(),
    })) {
      findings.push(finding);
    }
    return findings;
  }
  const wrongOnes = (findings: Finding[]) =>
    findings.filter(({ isGood }) => !isGood).map(({ sentence }) => sentence);

  async function addIntegrator(credentials: object): Promise<void> {
    const path = join(dataDir(), 'link.json');
    const config = JSON.parse(await readFile(path, 'utf8')) as object;
    const databases = { byIntegrator: { [INTEGRATOR]: credentials } };
    await writeFile(path, JSON.stringify({ ...config, databases }));
  }

  it('finds everything good', async () => {
    await setUp();
    const findings = await check();
    expect(wrongOnes(findings)).toEqual([]);
    expect(findings.map(({ sentence }) => sentence).join('\n')).toContain(
      'The catalogue Main opens at Fake at db.example.',
    );
  });

  it('tries each login, and a refused one only once', async () => {
    await setUp({ answers: { ...answers, catalogues: [{ name: 'Main' }, { name: 'Other' }] } });
    await addIntegrator({ user: 'integrator', password: 'wrong' });
    server.attempts.length = 0;
    const wrong = wrongOnes(await check());
    expect(server.attempts).toEqual(['clinic@Main', 'clinic@Other', 'integrator@Main']);
    expect(wrong).toEqual([expect.stringContaining(`integrator ${INTEGRATOR}`)]);
    expect(server.openConnections).toBe(0);
  });

  it('says what is wrong with files, database and gateway', async () => {
    expect(wrongOnes(await check())).toEqual([expect.stringContaining('Enrol the link first.')]);
    await setUp();
    server.isDown = true;
    await gateway[Symbol.asyncDispose]();
    await chmod(join(dataDir(), 'link.json'), 0o644);
    expect(wrongOnes(await check())).toEqual([
      expect.stringContaining('chmod 600'),
      expect.stringContaining('Fake at db.example refuses the connection'),
      expect.stringContaining('could not be reached (ECONNREFUSED)'),
    ]);
  });
});
