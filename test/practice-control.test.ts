import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from './support/http-client.ts';
import { untilBusy } from './support/process-tree.ts';
import { Program, runCommand } from './support/program.ts';
import { QueryClient, queryOf, rowsOf } from './support/query-client.ts';
import { ENDLESS_READ } from './support/statements.ts';
import {
  asIntegrator,
  createIntegrator,
  type IntegratorKeys,
  type System,
  startSystem,
} from './support/system.ts';
import { until } from './support/until.ts';

const ONE = 'SELECT 1 AS n';
const WRITE = "UPDATE Patients SET Surname = 'Changed' WHERE InternalID = 1";
const NOTHING_CHANGED = "SELECT COUNT(*) AS n FROM Patients WHERE Surname = 'Changed'";

let system: System;
let guest: IntegratorKeys;
beforeAll(async () => {
  system = await startSystem();
  guest = await createIntegrator(system.admin, 'Guest');
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});
afterEach(async () => {
  rmSync(policyFile(), { force: true });
  await pairGuest();
  await system.untilAnswering();
});

const policyFile = () => join(system.linkDir, 'policy.json');
const setPolicy = (policy: unknown) => writeFileSync(policyFile(), JSON.stringify(policy));
const link = (...args: string[]) => runCommand(['link', ...args, '--data-dir', system.linkDir], {});
const guestQueries = () =>
  new QueryClient(asIntegrator(system.url, guest.primaryKey), system.siteId);
const pairGuest = () =>
  system.admin.send({
    method: 'PUT',
    path: `/admin/sites/${system.siteId}/pairings/${guest.id}`,
  });

const messageOf = (answer: Answer) =>
  (answer.json as { error?: { message?: string } }).error?.message ?? '';

/** Asks until the practice refuses, for the running link takes a change in its own time. */
const untilRefused = (queries = system.queries, text = ONE) =>
  until('the practice refuses', async () => {
    const answer = await queries.run(text);
    return answer.status === 403 && answer;
  });

interface Row {
  readonly what: string;
  readonly mode?: string;
  readonly integratorId?: string;
  readonly queryId?: string;
  readonly outcome?: string;
  readonly statementHash?: string;
  readonly statement?: string;
  readonly rows?: number;
  readonly why?: string;
}

const auditRows = async (...args: string[]) =>
  JSON.parse(await link('audit', '--format', 'json', ...args)) as Row[];

async function asyncStatus(queries: QueryClient, queryId: string) {
  return queryOf(await queries.record(queryId));
}

async function postAsync(queries: QueryClient, text: string): Promise<string> {
  const path = `/integrator/sites/${system.siteId}/queries/async`;
  const answer = await queries.http.post(path, { command: { text } });
  expect(answer.status).toBe(201);
  return queryOf(answer).id;
}

describe('a practice', { timeout: 120_000 }, () => {
  test('allows only reading, and its database refuses the rest', async () => {
    setPolicy({ readOnly: true });
    const refused = await untilRefused(system.queries, WRITE);
    expect(messageOf(refused)).toMatch(/^Refused by the practice: only reading is allowed/);
    const answer = await system.queries.run({
      command: {
        text: 'GetPatient',
        type: 'storedProcedure',
        parameters: [{ name: '@InternalID', type: 'Int', value: '1' }],
      },
    });
    expect(answer.status).toBe(200);
    const id = await postAsync(system.queries, WRITE);
    const ended = await until('the async write ends', async () => {
      const query = await asyncStatus(system.queries, id);
      return query.completedAt !== undefined && query;
    });
    expect(ended).toMatchObject({
      status: 'executionFailed',
      errorDetails: { errorType: 'haloLink', errorCode: 1002 },
    });
    expect(await system.queries.scalar(NOTHING_CHANGED)).toBe(0);
  });

  test('refuses one integrator and no other', async () => {
    expect((await guestQueries().run(ONE)).status).toBe(200);
    setPolicy({
      refusedIntegrators: [guest.id],
      allowedIntegrators: [guest.id, system.integrator.id],
    });
    const refused = await untilRefused(guestQueries());
    expect(messageOf(refused)).toBe(
      'Refused by the practice: this integrator is not allowed to query it.',
    );
    expect((await system.queries.run(ONE)).status).toBe(200);
  });

  test('refuses registered queries at once, and the runs of those that came while it was away', async () => {
    setPolicy({ refusedIntegrators: [guest.id] });
    await untilRefused(guestQueries());
    const path = `/integrator/sites/${system.siteId}/queries/registered`;
    const create = () =>
      guestQueries().http.post(path, {
        name: 'refused',
        registeredQueryType: 'query',
        frequency: 60,
        duration: 60,
        registerCommand: { command: { text: ONE } },
      });
    const refused = await create();
    expect([refused.status, messageOf(refused)]).toEqual([
      403,
      'Refused by the practice: this integrator is not allowed to query it.',
    ]);
    const listed = await guestQueries().http.get(path);
    expect(listed.json).toEqual({ registeredQueries: [] });
    await until('the refusal is in the trail', async () =>
      (await auditRows()).some(
        ({ mode, integratorId, outcome }) =>
          mode === 'registered' && integratorId === guest.id && outcome === 'refused',
      ),
    );

    await system.link.stop();
    await until('the site is offline', async () => (await system.availability()) === 'offline');
    const created = await create();
    expect(created.status).toBe(202);
    system.link = system.startLink();
    await system.untilAnswering();
    const { id } = created.json as { id: string };
    const seen = await until('the run is refused', async () => {
      const query = (await guestQueries().http.get(`${path}/${id}`)).json as {
        status: string;
        lastErrorDetails?: { errorCode: number };
      };
      return query.lastErrorDetails && query;
    });
    expect(seen.lastErrorDetails).toMatchObject({ errorType: 'haloLink', errorCode: 1002 });
    await link('unpair', guest.id);
    await pairGuest();
    const { status } = (await guestQueries().http.get(`${path}/${id}`)).json as { status: string };
    expect(status).toBe('cancelled');
  });

  test('keeps to its hours', async () => {
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
    const minutes = new Date().getUTCHours() * 60 + new Date().getUTCMinutes();
    const clock = (minute: number) => {
      const ofDay = ((minute % 1440) + 1440) % 1440;
      return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
    };
    const hours = { days, from: clock(minutes + 60), to: clock(minutes - 60) };
    setPolicy({ timeZone: 'UTC', allowedHours: [hours] });
    expect(messageOf(await untilRefused())).toContain('not allowed at this time of the week');
    setPolicy({ timeZone: 'UTC', allowedHours: [{ days, from: hours.to, to: hours.from }] });
    await system.untilAnswering();
  });

  test('pauses what waits, and with --now what runs; then resumes', async () => {
    await link('pause', '--reason', 'a backup');
    expect(messageOf(await untilRefused())).toBe(
      'Refused by the practice: queries are paused (a backup).',
    );
    await link('resume');
    await system.untilAnswering();
    const running = system.queries.run(ENDLESS_READ);
    await untilBusy(system.link.pid);
    await link('pause', '--now');
    expect(messageOf(await running)).toBe('Refused by the practice: queries are paused.');
    await link('resume');
    await system.untilAnswering();
  });

  test('refuses everything when its policy cannot be read, and says so', async () => {
    writeFileSync(policyFile(), '{"readOnly": "yes"}');
    expect(messageOf(await untilRefused())).toBe(
      'Refused by the practice: its policy cannot be read.',
    );
    const check = new Program(['link', 'check', '--data-dir', system.linkDir], {});
    await check.exit;
    expect(check.output).toContain('policy.json: readOnly must be boolean');
    expect(check.output).toContain('Until it is mended, every query is refused.');
  });

  test('ends a pairing: what waits is refused, here and at the site', async () => {
    const listed = await link('pairings');
    expect(listed).toContain(guest.id);
    expect(listed).toContain('Guest');
    const occupants = new AbortController();
    const occupying = Array.from({ length: 8 }, () =>
      system.queries.run(ENDLESS_READ, { signal: occupants.signal }).catch(() => {}),
    );
    await untilBusy(system.link.pid);
    const occupyingAsync = await postAsync(system.queries, ENDLESS_READ);
    const waitingAsync = await postAsync(guestQueries(), ONE);
    const waiting = guestQueries().run({ command: { text: ONE }, maxTimeInQueue: 60_000 });
    await until('the async query waits at the site', async () => {
      const { status } = await asyncStatus(guestQueries(), waitingAsync);
      return status === 'queued' || status === 'initialising';
    });
    await link('unpair', guest.id);
    const answer = await waiting;
    expect([answer.status, messageOf(answer)]).toEqual([
      403,
      'Refused by the practice: the pairing has ended.',
    ]);
    expect((await guestQueries().run(ONE)).status).toBe(403);
    await pairGuest();
    expect(await asyncStatus(guestQueries(), waitingAsync)).toMatchObject({
      status: 'executionFailed',
      errorDetails: { errorType: 'haloLink', errorCode: 1002 },
    });
    expect(await link('pairings')).toContain(guest.id);
    occupants.abort();
    await Promise.all(occupying);
    await link('pause', '--now');
    await until('the async read is cut', async () => {
      const { completedAt } = await asyncStatus(system.queries, occupyingAsync);
      return completedAt !== undefined;
    });
    await link('resume');
  });

  test('wants a code where its software asks for none', async () => {
    const pms = { practiceManagementName: 'Zedmed', practiceManagementSiteId: 'Z-1' };
    expect(await link('require-code', 'on')).toContain('needs a code');
    expect(await link('require-code', 'off')).toContain('only where');
    const created = await system.admin.post('/admin/sites', { ...pms, practiceName: 'Z' });
    expect(created.status).toBe(201);
    const path = `/integrator/pair-site?${new URLSearchParams(pms).toString()}`;
    expect((await system.http.post(path)).status).toBe(200);
  });
});

describe('the audit trail', { timeout: 120_000 }, () => {
  test('tells of every query, by its hash, and survives the death of the link', async () => {
    const text = 'SELECT COUNT(*) AS audited FROM Patients';
    const answer = await guestQueries().run(text);
    expect(rowsOf(answer)).toHaveLength(1);
    const unfinished = system.queries.run(ENDLESS_READ);
    await untilBusy(system.link.pid);
    system.link.kill('SIGKILL');
    await system.link.exit;
    await unfinished;
    system.link = system.startLink();
    await system.untilAnswering();
    const mine = await auditRows('--integrator', guest.id);
    const row = mine.find(({ queryId }) => queryId === queryOf(answer).id);
    const statementHash = createHash('sha256').update(text).digest('hex');
    expect(row).toMatchObject({ outcome: 'successful', rows: 1, statementHash, mode: 'immediate' });
    expect(row).not.toHaveProperty('statement');
    expect(mine.every(({ integratorId }) => integratorId === guest.id)).toBe(true);
    const all = await auditRows();
    const endless = createHash('sha256').update(ENDLESS_READ).digest('hex');
    expect(all.filter((each) => each.statementHash === endless).at(-1)?.outcome).toBe('unknown');
    expect(await link('audit', 'verify')).toContain('entries fit together');
  });

  test('keeps the text and what was refused, where the practice says so', async () => {
    setPolicy({ audit: { statement: 'text' }, refusedIntegrators: [guest.id] });
    await untilRefused(guestQueries());
    const refused = (await auditRows('--integrator', guest.id)).at(-1);
    expect(refused).toMatchObject({ outcome: 'refused', statement: ONE });
    expect(refused?.why).toContain('not allowed');
    const csv = await link('audit', '--format', 'csv');
    expect(csv.split('\r\n')[0]).toContain('integratorId,mode,queryId');
  });

  test('shows that it was changed', async () => {
    const folder = join(system.linkDir, 'audit');
    const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
    const path = join(folder, file);
    const before = readFileSync(path, 'utf8');
    await system.link.stop();
    const whole = readFileSync(path, 'utf8');
    expect(whole.startsWith(before)).toBe(true);
    writeFileSync(path, whole.replace('"mode":"immediate"', '"mode":"async"'));
    await expect(link('audit', 'verify')).rejects.toThrow(/WRONG .*not as it was written/);
    writeFileSync(path, whole);
    expect(await link('audit', 'verify')).not.toContain('WRONG');
    system.link = system.startLink();
    await system.untilAnswering();
  });

  test('refuses queries while it cannot be written', async () => {
    const folder = join(system.linkDir, 'audit');
    await system.link.stop();
    const kept = join(system.linkDir, 'audit-kept');
    renameSync(folder, kept);
    writeFileSync(folder, 'in the way');
    system.link = system.startLink();
    expect(messageOf(await untilRefused())).toBe(
      'Refused by the practice: its audit trail cannot be written.',
    );
    rmSync(folder);
    renameSync(kept, folder);
    await system.untilAnswering();
    expect(await link('audit', 'verify')).not.toContain('WRONG');
  });
});
