import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { DevSystem, readDevFile, TempFolder } from './support/dev-system.ts';
import { commandLineOf, descendantsOf, isAlive } from './support/process-tree.ts';
import { Program } from './support/program.ts';
import { until } from './support/until.ts';

const STOP_LIMIT_MS = 3_000;

const folder = new TempFolder();
const devFile = join(folder.path, 'dev.json');
afterAll(() => folder[Symbol.dispose]());

/** Starts over the one folder of this file: the first start prepares it, later ones find it. */
const start = () =>
  existsSync(join(folder.path, 'practice'))
    ? DevSystem.startAgain(folder.path)
    : DevSystem.start(folder.path);

/** The whole tree of processes, and the one whose command line says this. */
function childOf(dev: DevSystem, command: string): number {
  const pid = descendantsOf(dev.program.pid).find((each) => commandLineOf(each).includes(command));
  if (pid === undefined) throw new Error(`No process runs ${command}.`);
  return pid;
}

const untilGone = (pids: readonly number[]) =>
  until('every process is gone', () => pids.filter(isAlive).length === 0);

describe('a start', { timeout: 120_000 }, () => {
  test('says what a newcomer needs, and its curl line works as it stands', async () => {
    const dev = await start();
    try {
      const { baseUrl, integrator, site } = dev.facts;
      const { stdout } = dev.program;
      for (const fact of [
        baseUrl,
        `${baseUrl}/docs`,
        integrator.primaryKey,
        site.siteId,
        site.pairingCode,
      ]) {
        expect(stdout).toContain(fact);
      }
      expect(dev.program.stderr).toBe('');
      const line = stdout.split('\n').find((each) => each.startsWith('curl ')) ?? '';
      const ran = await promisify(execFile)('bash', ['-c', line]);
      const query = JSON.parse(ran.stdout) as { status: string; result?: { rows: number } };
      expect(query).toMatchObject({ status: 'successful', result: { rows: 5 } });
      expect((await dev.integrator.get('/docs')).status).toBe(200);
    } finally {
      await dev.program.stop();
    }
  });

  test('writes dev.json for scripts, and takes it away at the end', async () => {
    const dev = await start();
    try {
      const text = expect.stringMatching(/^\S+$/) as string;
      expect(readDevFile(folder.path)).toEqual({
        baseUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
        adminKey: text,
        integrator: { id: text, primaryKey: text, secondaryKey: text },
        site: { siteId: text, pmsId: text, pmsName: 'Best Practice', pairingCode: text },
      });
      const site = await dev.integrator.get(`/integrator/sites/${dev.facts.site.siteId}`);
      expect(site.json).toMatchObject({ availability: 'online', status: 'active' });
      expect((await dev.admin.get('/admin/sites')).status).toBe(200);
    } finally {
      await dev.program.stop();
    }
    expect(existsSync(devFile)).toBe(false);
  });

  test('over the data of an earlier one keeps keys, site and rows', async () => {
    const first = await start();
    const mark = `UPDATE Patients SET Middlename = 'Kept' WHERE InternalID = 5`;
    expect((await first.queries.nonQuery(mark)).status).toBe(200);
    await first.program.stop();
    const second = await start();
    try {
      expect(second.facts.integrator).toEqual(first.facts.integrator);
      expect(second.facts.adminKey).toBe(first.facts.adminKey);
      expect(second.facts.site.siteId).toBe(first.facts.site.siteId);
      const kept = 'SELECT Middlename FROM Patients WHERE InternalID = 5';
      expect(await second.queries.scalar(kept)).toBe('Kept');
    } finally {
      await second.program.stop();
    }
  });

  test('on a port that is taken ends with one sentence', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const env = { PARHELION_DATA_DIR: folder.path, PARHELION_PORT: String(port) };
    await using program = new Program(['dev'], env);
    expect(await program.exit).toEqual({ code: 1, signal: null });
    expect(program.output.trim()).toMatch(
      new RegExp(`^[^\\n]*Port ${port} is already in use\\.[^\\n]*PARHELION_PORT[^\\n]*$`),
    );
    expect(existsSync(devFile)).toBe(false);
    server.close();
  });

  test('on a data folder in use ends with one sentence and leaves dev.json to the first', async () => {
    const dev = await start();
    try {
      const env = { PARHELION_DATA_DIR: folder.path, PARHELION_PORT: '0' };
      await using second = new Program(['dev'], env);
      expect((await second.exit).code).toBe(1);
      expect(second.output.trim()).toMatch(
        /^[^\n]*runs with this data folder already[^\n]*PARHELION_DATA_DIR[^\n]*$/,
      );
      expect(existsSync(devFile)).toBe(true);
    } finally {
      await dev.program.stop();
    }
  });

  test('with a setting that makes no sense ends with one sentence', async () => {
    const env = { PARHELION_DATA_DIR: folder.path, PARHELION_PORT: 'eighty' };
    await using program = new Program(['dev'], env);
    expect((await program.exit).code).toBe(1);
    expect(program.output.trim()).toMatch(/^[^\n]*PARHELION_PORT must be a whole number[^\n]*$/);
  });
});

describe('the end', { timeout: 120_000 }, () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s takes every process along, within three seconds, also in the middle of a query',
    async (signal) => {
      const dev = await start();
      const answer = dev.queries
        .run('SELECT COUNT(*) AS n FROM Patients a, Patients b, Patients c, Patients d')
        .catch((error: Error) => error);
      await until('a connection is open', () => descendantsOf(dev.program.pid).length >= 3);
      const all = descendantsOf(dev.program.pid);
      const askedAt = Date.now();
      dev.program.kill(signal);
      expect(await dev.program.exit).toEqual({ code: 0, signal: null });
      // The one promise about time that users are given.
      expect(Date.now() - askedAt).toBeLessThan(STOP_LIMIT_MS);
      await untilGone(all);
      expect(existsSync(devFile)).toBe(false);
      await answer;
    },
  );

  test('by force leaves no process behind for long, and the next start works', async () => {
    const dev = await start();
    expect(await dev.queries.answers()).toBe(true);
    const all = descendantsOf(dev.program.pid);
    expect(all.length).toBeGreaterThanOrEqual(3);
    dev.program.kill('SIGKILL');
    await untilGone(all);
    const next = await start();
    expect(await next.queries.answers()).toBe(true);
    await next.program.stop();
  });
});

describe('a process that dies', { timeout: 120_000 }, () => {
  test.each(['gateway', 'link run'])('is started again: %s', async (command) => {
    const dev = await start();
    try {
      const pid = childOf(dev, `parhelion.js ${command}`);
      process.kill(pid, 'SIGKILL');
      await until('the process is gone', () => !isAlive(pid));
      await until('queries are answered again', () => dev.queries.answers(), 60_000);
      expect(dev.program.stderr).toMatch(/ended unexpectedly and is started again/);
      expect(readDevFile(folder.path)).toEqual(dev.facts);
    } finally {
      await dev.program.stop();
    }
  });
});
