import { describe, expect, it } from 'vitest';
import { FakeServer } from '../../../test/support/fake-engine.ts';
import { ask, setUp } from '../../../test/support/link-setup.ts';
import { openDatabase } from '../database/open-database.ts';

const FIRST = '11111111-2222-4222-8222-222222222222';
const SECOND = '22222222-2222-4222-8222-222222222222';
const ENGINE_HOST = { nodePath: '', sqliteConnection: '', env: {} };

/** A link whose database is the fake server; the first integrator has a login of its own. */
async function live(server: FakeServer, passwords = { clinic: 'c', first: 'f' }) {
  server.logins = { clinic: 'c', first: 'f' };
  server.rows = { 'SELECT 1': [['one']] };
  const catalogues = [
    { name: 'Main', isDefault: true },
    { name: 'Other', isDefault: false },
    { name: 'Gone', isDefault: false },
  ];
  const { driver, engine, loginOf } = await openDatabase({
    config: {
      database: {
        driver: 'fake',
        server: 'db.example',
        user: 'clinic',
        password: passwords.clinic,
        catalogues,
        maxConnections: 2,
      },
      databases: { byIntegrator: { [FIRST]: { user: 'first', password: passwords.first } } },
    },
    host: ENGINE_HOST,
    resolvePath: (path) => path,
    env: {},
    engines: { fake: server.engine },
  });
  const diagnose = engine.diagnose.bind(engine);
  const link = await setUp({}, { driver, loginOf, diagnose, catalogues });
  return { ...link, session: await link.gateway.session() };
}

describe('credentials by integrator', () => {
  it('run each query with the login of its integrator, over one bounded pool', async () => {
    const server = new FakeServer();
    const { session } = await live(server);
    const asked = Array.from({ length: 24 }, (_, index) => {
      const integratorId = index % 2 === 0 ? FIRST : SECOND;
      const catalogue = index % 3 === 0 ? 'Other' : 'Main';
      return ask(session, { text: 'SELECT 1' }, { integratorId, catalogue });
    });
    const outcomes = await Promise.all(asked);
    expect(outcomes.map(({ frame }) => frame.type)).toEqual(asked.map(() => 'result'));
    expect(server.ran.filter((line) => line.startsWith('first@'))).toHaveLength(12);
    expect(server.ran.filter((line) => line.startsWith('clinic@'))).toHaveLength(12);
    expect(server.mostConnections).toBeLessThanOrEqual(2);
  });

  it('do not stop each other when one is refused', async () => {
    const server = new FakeServer();
    const { session } = await live(server, { clinic: 'c', first: 'wrong' });
    const refused = await ask(session, { text: 'SELECT 1' }, { integratorId: FIRST });
    expect(refused.frame).toMatchObject({ errorDetails: { errorCode: 18_456 } });
    const other = await ask(session, { text: 'SELECT 1' }, { integratorId: SECOND });
    expect(other.frame.type).toBe('result');
  });
});

describe('a database that cannot be used', () => {
  it("gives each caller the database's own number and text, with one attempt to log in", async () => {
    const server = new FakeServer();
    const { session, logs, link } = await live(server, { clinic: 'wrong', first: 'f' });
    const asked = ['Main', 'Other', 'Main', 'Other', 'Main'].map((catalogue) =>
      ask(session, { text: 'SELECT 1' }, { catalogue, integratorId: SECOND }),
    );
    for (const { frame } of await Promise.all(asked)) {
      expect(frame).toMatchObject({
        type: 'failure',
        reason: 'failed',
        errorDetails: {
          errorType: 'mssql',
          errorCode: 18_456,
          errorMessage: "Login failed for user 'clinic'.",
        },
      });
    }
    expect(server.attempts).toHaveLength(1);
    expect(link.status().state).toBe('live');
    expect(logs).toContainEqual(
      expect.objectContaining({ level: 50, problem: 'loginFailed', errorCode: 18_456 }),
    );
    expect(JSON.stringify(logs)).not.toMatch(/Login failed for|wrong|clinic/);
  });

  it('is used again when it is back, without a restart', async () => {
    const server = new FakeServer();
    server.isDown = true;
    const { session, logs } = await live(server);
    const away = await ask(session, { text: 'SELECT 1' });
    expect(away.frame).toMatchObject({ errorDetails: { errorType: 'haloLink', errorCode: 1_004 } });
    server.isDown = false;
    await expect
      .poll(async () => (await ask(session, { text: 'SELECT 1' })).frame.type)
      .toBe('result');
    const facts = logs.filter(({ msg }) => /database/.test(String(msg)));
    expect(facts[0]).toMatchObject({ level: 40, problem: 'refused', errorType: 'haloLink' });
    expect(facts.at(-1)).toMatchObject({ level: 30, msg: 'the database can be reached again' });
  });

  it('in one catalogue leaves the others alone', async () => {
    const { session } = await live(new FakeServer());
    const gone = await ask(session, { text: 'SELECT 1' }, { catalogue: 'Gone' });
    expect(gone.frame).toMatchObject({
      errorDetails: { errorType: 'mssql', errorMessage: 'Cannot open database "Gone".' },
    });
    expect((await ask(session, { text: 'SELECT 1' })).frame.type).toBe('result');
  });

  it('in the middle of a write leaves its outcome unknown; of a read it does not', async () => {
    const { session } = await live(new FakeServer());
    const write = await ask(session, { text: 'UPDATE and lose the connection' });
    expect(write.frame).toMatchObject({
      errorDetails: { errorType: 'haloLink', errorCode: 1_001 },
    });
    const read = await ask(session, { text: 'SELECT lost' });
    expect(read.frame).toMatchObject({ errorDetails: { errorType: 'haloLink', errorCode: 1_004 } });
  });
});
