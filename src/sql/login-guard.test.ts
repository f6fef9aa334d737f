import { describe, expect, it } from 'vitest';
import { deferred } from '../lib/deferred.ts';
import type { ConnectionProblemKind } from './connection-problem.ts';
import type { Connection, ConnectOptions, Driver } from './driver.ts';
import { type ConnectFailure, LoginGuard } from './login-guard.ts';
import { SqlError } from './sql-error.ts';

const { signal } = new AbortController();
const MINUTE_MS = 60_000;

const ERRORS: Record<string, SqlError> = {
  login: new SqlError('connection', 'mssql', 18_456, "Login failed for user 'x'."),
  server: new SqlError('connection', 'haloLink', 1_004, 'Nobody is there.'),
  catalogue: new SqlError('connection', 'mssql', 4_060, 'Cannot open database "Gone".'),
  other: new SqlError('connection', 'mssql', 17_809, 'Too many connections.'),
};
const KINDS: Record<number, ConnectionProblemKind> = {
  18_456: 'loginFailed',
  1_004: 'refused',
  4_060: 'databaseMissing',
};

const answering = (answer: (options: ConnectOptions) => unknown) => answer;

/** A guard over a driver whose answers the test decides, on a clock that the test moves. */
function setUp() {
  const attempts: string[] = [];
  const failures: ConnectFailure[] = [];
  const world = { now: 0, recoveries: 0, answer: answering(() => undefined) };
  const driver: Driver = {
    engine: 'mssql',
    async connect(options) {
      attempts.push(`${options.login ?? 'default'}/${options.catalogue ?? 'default'}`);
      const answer = await world.answer(options);
      if (answer instanceof Error) throw answer;
      return {} as Connection;
    },
  };
  const guard = new LoginGuard({
    driver,
    diagnose: ({ errorCode }) => KINDS[errorCode],
    onFailure: (failure) => failures.push(failure),
    onRecovery: () => void (world.recoveries += 1),
    clock: () => world.now,
  });
  const connect = (options: Partial<ConnectOptions> = {}) => guard.connect({ signal, ...options });
  const outcome = (options?: Partial<ConnectOptions>) =>
    connect(options).then(
      () => 'connected',
      (error: SqlError) => error.errorCode,
    );
  return { world, attempts, failures, connect, outcome };
}

describe('a refused login', () => {
  it('is tried four times in ten minutes, however often it is asked for', async () => {
    const { world, attempts, failures, outcome } = setUp();
    world.answer = () => ERRORS['login'];
    for (; world.now < 10 * MINUTE_MS; world.now += 1_000) {
      expect(await outcome()).toBe(18_456);
      expect(await outcome({ catalogue: 'Other' })).toBe(18_456);
    }
    expect(attempts).toHaveLength(4);
    expect(failures.map(({ pauseMs }) => pauseMs / MINUTE_MS)).toEqual([1, 2, 4, 8]);
    expect(failures[0]).toMatchObject({ problem: 'loginFailed', error: ERRORS['login'] });
  });

  it('is tried at least every quarter of an hour', async () => {
    const { world, failures, outcome } = setUp();
    world.answer = () => ERRORS['login'];
    for (; world.now < 300 * MINUTE_MS; world.now += MINUTE_MS) await outcome();
    expect(failures.at(-1)?.pauseMs).toBe(15 * MINUTE_MS);
  });

  it('is tried by one connection when many ask at once', async () => {
    const { world, attempts, outcome } = setUp();
    const gate = deferred<unknown>();
    world.answer = () => gate.promise;
    const asked = [outcome(), outcome(), outcome({ catalogue: 'Other' })];
    gate.resolve(ERRORS['login']);
    expect(await Promise.all(asked)).toEqual([18_456, 18_456, 18_456]);
    expect(attempts).toEqual(['default/default']);
  });

  it('leaves other logins alone', async () => {
    const { world, outcome } = setUp();
    world.answer = ({ login }) => (login === 'a' ? ERRORS['login'] : undefined);
    expect(await outcome({ login: 'a' })).toBe(18_456);
    expect(await outcome({ login: 'b' })).toBe('connected');
    expect(await outcome()).toBe('connected');
  });

  it('is good again after its pause', async () => {
    const { world, outcome } = setUp();
    world.answer = () => ERRORS['login'];
    await outcome();
    world.answer = () => undefined;
    expect(await outcome()).toBe(18_456);
    expect(world.recoveries).toBe(0);
    world.now += MINUTE_MS;
    expect(await outcome()).toBe('connected');
    expect(world.recoveries).toBe(1);
  });
});

describe('other failures', () => {
  it('of the server stop everybody for a moment that grows', async () => {
    const { world, failures, outcome } = setUp();
    world.answer = () => ERRORS['server'];
    for (let attempt = 0; attempt < 12; attempt += 1) {
      expect(await outcome({ login: 'a' })).toBe(1_004);
      expect(await outcome({ login: 'b', catalogue: 'Other' })).toBe(1_004);
      world.now += 30_000;
    }
    const pauses = failures.map(({ pauseMs }) => pauseMs);
    expect(pauses.slice(0, 4)).toEqual([250, 500, 1_000, 2_000]);
    expect(Math.max(...pauses)).toBe(30_000);
  });

  it('of one catalogue leave the others alone', async () => {
    const { world, outcome } = setUp();
    world.answer = ({ catalogue }) => (catalogue === 'Gone' ? ERRORS['catalogue'] : undefined);
    expect(await outcome({ catalogue: 'Gone' })).toBe(4_060);
    expect(await outcome()).toBe('connected');
  });

  it('that nobody knows stop their catalogue only', async () => {
    const { world, outcome } = setUp();
    world.answer = ({ catalogue }) => (catalogue === 'Busy' ? ERRORS['other'] : undefined);
    expect(await outcome({ catalogue: 'Busy' })).toBe(17_809);
    expect(await outcome()).toBe('connected');
  });

  it('that are no refusal pass through', async () => {
    const { world, attempts, outcome } = setUp();
    world.answer = () => new SqlError('cancelled', 'haloLink', 1_000, 'Cancelled.');
    expect(await outcome()).toBe(1_000);
    expect(await outcome()).toBe(1_000);
    expect(attempts).toHaveLength(2);
  });
});

it('lets a proved login open several connections at once', async () => {
  const { world, attempts, outcome } = setUp();
  expect(await outcome()).toBe('connected');
  const gate = deferred<void>();
  world.answer = () => gate.promise;
  const asked = [outcome(), outcome(), outcome()];
  expect(attempts).toHaveLength(4);
  gate.resolve();
  expect(await Promise.all(asked)).toEqual(['connected', 'connected', 'connected']);
});
