import { expect, it } from 'vitest';
import { FakeServer } from '../../../test/support/fake-engine.ts';
import { openDatabase } from './open-database.ts';

const [FIRST, SECOND, THIRD, OTHER] = ['1', '2', '3', '4'].map(
  (digit) => `${digit.repeat(8)}-2222-4222-8222-222222222222`,
) as [string, string, string, string];
const { signal } = new AbortController();

function open(server: FakeServer, env: Record<string, string>) {
  return openDatabase({
    config: {
      database: {
        driver: 'fake',
        server: 'db.example',
        user: 'clinic',
        passwordEnv: 'DB_PW',
        catalogues: [
          { name: 'Main', isDefault: true },
          { name: 'Other', isDefault: false },
        ],
        maxConnections: 2,
      },
      databases: {
        byIntegrator: {
          [FIRST]: { user: 'first', password: 'one' },
          [SECOND]: { user: 'second', passwordEnv: 'SECOND_PW' },
          [THIRD]: { user: 'first', password: 'one' },
        },
      },
    },
    host: { nodePath: '', sqliteConnection: '', env: {} },
    resolvePath: (path) => path,
    env,
    engines: { fake: server.engine },
  });
}

it('gives each integrator its own login, and all others the default one', async () => {
  const server = new FakeServer();
  server.logins = { clinic: 'default', first: 'one', second: 'two' };
  const database = await open(server, { DB_PW: 'default', SECOND_PW: 'two' });
  for (const integratorId of [FIRST, SECOND, OTHER]) {
    const login = database.loginOf(integratorId);
    await database.driver.connect({ ...(login !== undefined && { login }), signal });
  }
  expect(server.attempts).toEqual(['first@Main', 'second@Main', 'clinic@Main']);
  expect(database.place).toBe('Fake at db.example');
});

it('shares a login between integrators with the same credentials', async () => {
  const database = await open(new FakeServer(), { DB_PW: 'a', SECOND_PW: 'b' });
  expect(database.loginOf(THIRD)).toBe(database.loginOf(FIRST));
  expect(database.logins).toHaveLength(2);
});

it('never takes another login for one that is not there', async () => {
  const server = new FakeServer();
  const database = await open(server, { DB_PW: 'a', SECOND_PW: 'b' });
  await expect(database.driver.connect({ login: 'unknown', signal })).rejects.toThrow('no such');
  expect(server.attempts).toEqual([]);
});

it.each([
  [{ SECOND_PW: 'b' }, 'DB_PW is not set: database.passwordEnv'],
  [
    { DB_PW: 'a', SECOND_PW: '' },
    `SECOND_PW is not set: databases.byIntegrator.${SECOND}.passwordEnv`,
  ],
])('names a variable that is not set: %j', async (env: Record<string, string>, sentence) => {
  await expect(open(new FakeServer(), env)).rejects.toThrow(sentence);
});
