import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../../test/support/until.ts';
import { newId } from '../../lib/ids.ts';
import { listAuditFiles } from './audit-files.ts';
import { readAuditRows } from './audit-rows.ts';
import { AuditTrail } from './audit-trail.ts';
import { readAuditLines } from './read-audit.ts';
import { verifyAudit } from './verify-audit.ts';

const integratorId = newId();
const siteId = newId();
const { privateKey } = generateKeyPairSync('ed25519');
const publicKey = createPublicKey(privateKey);

let folder: string;
let now: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parhelion-audit-'));
  now = Date.parse('2026-11-30T23:59:00Z');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const problems: unknown[] = [];

function openTrail(maxFileBytes?: number): AuditTrail {
  const trail = new AuditTrail({
    folder,
    clock: () => now,
    onFailed: (error) => problems.push(error),
    onRecovered: () => problems.push('recovered'),
    retryMs: 5,
    ...(maxFileBytes !== undefined && { maxFileBytes }),
  });
  trail.signAs({ siteId, privateKey });
  return trail;
}

const started = (queryId = newId()) =>
  ({
    kind: 'started',
    queryId,
    integratorId,
    mode: 'immediate',
    statementHash: 'a'.repeat(64),
    // What some readers take for the end of a line.
    statement: 'SELECT \u2028\r1',
  }) as const;

const verify = () => verifyAudit({ folder, siteId, publicKey });

async function writeTen(maxFileBytes?: number): Promise<void> {
  await using trail = openTrail(maxFileBytes);
  for (let n = 0; n < 10; n += 1) await trail.append(started());
}

async function rows() {
  const found = [];
  for await (const row of readAuditRows({ folder })) found.push(row);
  return found;
}

describe('the audit trail', () => {
  it('counts entries over restarts, and verifies', async () => {
    await writeTen();
    await using trail = openTrail();
    expect(await trail.append(started())).toBe(11);
    expect(await verify()).toMatchObject({ entries: 11, problems: [] });
  });

  it('writes what comes together at one go, in order', async () => {
    await using trail = openTrail();
    const sequences = await Promise.all(Array.from({ length: 500 }, () => trail.append(started())));
    expect(sequences).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
    expect(await verify()).toMatchObject({ entries: 500, problems: [] });
  });

  it('writes the end of a command with the beginning of the next, and not by itself', async () => {
    await using trail = openTrail();
    const first = await trail.append(started());
    now += 1;
    trail.keep({ kind: 'ended', started: first, queryId: newId(), outcome: 'successful' });
    await trail.append(started());
    now += 1;
    trail.keep({ kind: 'ended', started: 3, queryId: newId(), outcome: 'successful' });
    const entries = await until('all entries', async () => {
      const found = [];
      for await (const { entry } of readAuditLines(folder)) if (entry) found.push(entry);
      return found.length === 4 ? found : undefined;
    });
    // One write has one time.
    const times = entries.map(({ at }) => Date.parse(at));
    expect(times.map((at) => at - (times[0] ?? 0))).toEqual([0, 1, 1, 2]);
  });

  it('goes on in another file by size and by month, in one chain', async () => {
    await writeTen(1_000);
    const before = await listAuditFiles(folder);
    expect(before.length).toBeGreaterThan(2);
    now = Date.parse('2026-12-01T00:00:00Z');
    await using trail = openTrail();
    await trail.append(started());
    const after = await listAuditFiles(folder);
    expect(after.at(-1)).toContain('audit-000000000011-2026-12.jsonl');
    expect(await verify()).toMatchObject({ entries: 11, problems: [] });
  });

  it('joins start and end, and knows what the link cannot have seen end', async () => {
    {
      await using trail = openTrail();
      const first = await trail.append(started());
      await trail.append(started());
      trail.keep({
        kind: 'ended',
        started: first,
        queryId: newId(),
        outcome: 'successful',
        rows: 3,
      });
    }
    expect((await rows()).map(({ outcome }) => outcome)).toEqual(['successful', 'running']);
    await using trail = openTrail();
    trail.keep({ kind: 'linkStarted', linkVersion: '26.1.1' });
    await trail.append(started());
    expect((await rows()).map(({ what, outcome }) => outcome ?? what)).toEqual([
      'successful',
      'unknown',
      'linkStarted',
      'running',
    ]);
  });

  it('takes away a line that a crash has torn, and says so', async () => {
    await writeTen();
    const [file = ''] = await listAuditFiles(folder);
    await writeFile(file, '{"sequence":11,"at":"20', { flag: 'a' });
    expect(await verify()).toMatchObject({ entries: 10, problems: [] });
    await using trail = openTrail();
    expect(await trail.append(started())).toBe(12);
    expect(await verify()).toMatchObject({ entries: 12, problems: [] });
    expect(await readFile(file, 'utf8')).toContain('"kind":"tornLineRemoved","bytes":23');
  });

  it('refuses what it cannot write, keeps what has happened, and recovers', async () => {
    problems.length = 0;
    await using trail = openTrail();
    await trail.append(started());
    await rm(folder, { recursive: true });
    await writeFile(folder, 'in the way');
    await expect(trail.append(started())).rejects.toThrow(/ENOTDIR|EEXIST/);
    trail.keep({ kind: 'ended', started: 1, queryId: newId(), outcome: 'failed' });
    await expect(trail.append(started())).rejects.toThrow(/ENOTDIR|EEXIST/);
    expect(problems).toHaveLength(1);
    await rm(folder);
    await trail.append(started());
    expect(problems.at(-1)).toBe('recovered');
    const files = await listAuditFiles(folder);
    expect(await readFile(files[0] ?? '', 'utf8')).toContain('"kind":"ended","started":1');
  });
});

/** Changes the lines of the one file. */
async function rewrite(change: (lines: string[]) => readonly string[]): Promise<void> {
  const [file = ''] = await listAuditFiles(folder);
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  await writeFile(
    file,
    change(lines)
      .map((line) => `${line}\n`)
      .join(''),
  );
}

/** As somebody does who knows how the chain is made. */
function sealAgain(lines: readonly string[]): string[] {
  let previous = '0'.repeat(64);
  return lines.map((line, index) => {
    const entry = JSON.parse(line) as Record<string, unknown>;
    delete entry['hash'];
    const body = JSON.stringify({ ...entry, sequence: index + 1, previousHash: previous });
    previous = createHash('sha256').update(body).digest('hex');
    return `${body.slice(0, -1)},"hash":"${previous}"}`;
  });
}

describe('a look at the audit trail finds', () => {
  beforeEach(() => writeTen());

  it.each<[string, (lines: string[]) => readonly string[], string]>([
    [
      'a changed entry',
      (l) => l.with(3, (l[3] ?? '').replace('immediate', 'async')),
      'line 4: not as',
    ],
    ['a hash that was changed with it', (l) => l.with(3, sealAgain(l)[0] ?? ''), 'line 4: entry 1'],
    [
      'an entry taken out',
      (l) => l.toSpliced(3, 1),
      'line 4: entries 4 to 4 are missing before it',
    ],
    [
      'an entry put in',
      (l) => l.toSpliced(3, 0, l[3] ?? ''),
      'line 5: entry 4 comes after entry 4',
    ],
    ['entries put in another order', (l) => l.toReversed(), 'line 1: entries 1 to 9 are missing'],
    ['a beginning cut off', (l) => l.slice(2), 'line 1: entries 1 to 2 are missing'],
    ['an end cut off', (l) => l.slice(0, 8), 'entries 9 to 10 are missing at the end'],
    [
      'a chain made anew',
      (l) => sealAgain(l.toSpliced(3, 1)),
      'entries 10 to 10 are missing at the end',
    ],
    [
      'a chain of the same length made anew',
      (l) => sealAgain(l.with(3, (l[3] ?? '').replace('immediate', 'async'))),
      'entry 10 is not the one that head.json names',
    ],
    ['a line that is none', (l) => l.with(3, 'nonsense'), 'line 4: not as it was written'],
  ])('%s', async (_what, change, problem) => {
    await rewrite(change);
    const found = await verify();
    expect(found.problems[0]).toContain(problem);
  });

  it('a head that is gone, spoilt, or of somebody else', async () => {
    const head = join(folder, 'head.json');
    const text = await readFile(head, 'utf8');
    await writeFile(head, text.replace('"signature":"', '"signature":"AAAA'));
    expect((await verify()).problems[0]).toContain("does not have this site's signature");
    await writeFile(head, '{}');
    expect((await verify()).problems).toEqual(['head.json cannot be read.']);
    await unlink(head);
    expect((await verify()).problems[0]).toContain('head.json is missing');
  });

  it('all files gone', async () => {
    for (const file of await listAuditFiles(folder)) await unlink(file);
    expect((await verify()).problems).toEqual(['entries 1 to 10 are missing at the end.']);
  });

  it.each<[string, () => Promise<void>, string]>([
    ['an end cut off', () => rewrite((l) => l.slice(0, 8)), 'entries 9 to 10 missing'],
    [
      'a chain made anew and longer',
      () => rewrite((l) => sealAgain([...l.toSpliced(3, 1), ...l])),
      'not as it had left it',
    ],
    [
      'no files',
      async () => {
        for (const name of await readdir(folder)) {
          if (name.endsWith('.jsonl')) await unlink(join(folder, name));
        }
      },
      'entries 1 to 10 missing',
    ],
    ['no head', () => unlink(join(folder, 'head.json')), 'not as it had left it'],
    [
      'an end that is no line',
      async () => {
        const [file = ''] = await listAuditFiles(folder);
        await truncate(file, 500);
        await writeFile(file, 'x\n', { flag: 'a' });
      },
      'not as it was written',
    ],
  ])('%s also after the link has gone on behind it', async (_what, change, problem) => {
    await change();
    {
      await using trail = openTrail();
      await trail.append(started());
    }
    const { problems: found } = await verify();
    expect(found[0]).toContain(problem);
    await using again = openTrail();
    await again.append(started());
    expect((await verify()).problems).toEqual(found);
  });

  it('nothing when a crash has left the head behind', async () => {
    const before = await readFile(join(folder, 'head.json'));
    {
      await using trail = openTrail();
      await trail.append(started());
    }
    await writeFile(join(folder, 'head.json'), before);
    expect(await verify()).toMatchObject({ entries: 11, problems: [] });
    await using trail = openTrail();
    await trail.append(started());
    expect(await verify()).toMatchObject({ entries: 12, problems: [] });
  });
});
