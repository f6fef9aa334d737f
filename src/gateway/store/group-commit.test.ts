import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { describeOnEveryEngine } from '../../../test/support/store-engines.ts';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { type Deferred, deferred } from '../../lib/deferred.ts';
import { createGroupCommit } from './group-commit.ts';
import { openDatabase } from './open-database.ts';

/** A commit that ends when the test says so. */
function controlledCommits(options: { maxBatch?: number; keyOf?: (item: string) => string } = {}) {
  const batches: string[][] = [];
  const ends: Deferred<void>[] = [];
  let onBatch: (() => void) | undefined;
  const group = createGroupCommit<string>({
    ...options,
    commit: async (batch) => {
      const end = deferred<void>();
      batches.push([...batch]);
      ends.push(end);
      onBatch?.();
      await end.promise;
    },
  });
  const batchCount = (count: number) =>
    new Promise<void>((resolve) => {
      onBatch = () => batches.length >= count && resolve();
      onBatch();
    });
  return { group, batches, ends, batchCount };
}

describe('group commit', () => {
  test('what arrives while a commit runs is the next batch', async () => {
    const { group, batches, ends, batchCount } = controlledCommits();
    const early = [group.add('a'), group.add('b')];
    await batchCount(1);
    const late = [group.add('c'), group.add('d')];
    ends[0]?.resolve();
    await Promise.all(early);
    await batchCount(2);
    ends[1]?.resolve();
    await Promise.all(late);
    expect(batches).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  test('an item is not done before its commit is', async () => {
    const { group, ends, batchCount } = controlledCommits();
    let isDone = false;
    const added = group.add('a').then(() => (isDone = true));
    await batchCount(1);
    expect(isDone).toBe(false);
    ends[0]?.resolve();
    await added;
  });

  test('a batch has a bound', async () => {
    const sizes: number[] = [];
    const group = createGroupCommit<number>({
      maxBatch: 3,
      commit: async (batch) => void sizes.push(batch.length),
    });
    await Promise.all([1, 2, 3, 4, 5, 6, 7].map((item) => group.add(item)));
    expect(sizes).toEqual([3, 3, 1]);
  });

  test('items with one key go in separate batches, in order', async () => {
    const batches: string[][] = [];
    const group = createGroupCommit<string>({
      keyOf: (item) => item.slice(0, 1),
      commit: async (batch) => void batches.push([...batch]),
    });
    await Promise.all(['a1', 'b1', 'a2', 'a3', 'c1'].map((item) => group.add(item)));
    expect(batches).toEqual([['a1', 'b1'], ['a2'], ['a3', 'c1']]);
  });

  test('a bad item fails itself only', async () => {
    const group = createGroupCommit<string>({
      commit: async (batch) => {
        if (batch.includes('bad')) throw new Error('refused');
      },
    });
    const results = await Promise.allSettled(['a', 'bad', 'c'].map((item) => group.add(item)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await group.add('later');
  });

  test('a store that is away fails the batch without trying each item', async () => {
    let commits = 0;
    const group = createGroupCommit<string>({
      commit: async () => {
        commits += 1;
        throw new ParhelionError('storeUnavailable');
      },
    });
    const results = await Promise.allSettled(['a', 'b', 'c'].map((item) => group.add(item)));
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    expect(commits).toBe(1);
  });

  test('disposal waits for what is in hand and takes nothing more', async () => {
    const { group, batches, ends, batchCount } = controlledCommits({ maxBatch: 1 });
    const added = [group.add('a'), group.add('b')];
    const disposed = group[Symbol.asyncDispose]();
    await expect(group.add('c')).rejects.toMatchObject({ code: 'storeUnavailable' });
    await batchCount(1);
    ends[0]?.resolve();
    await batchCount(2);
    ends[1]?.resolve();
    await Promise.all([...added, disposed]);
    expect(batches).toEqual([['a'], ['b']]);
  });
});

describeOnEveryEngine('group commit', (engine) => {
  test('every item is stored, and a duplicate fails alone', async () => {
    await using store = await engine.createStore();
    const database = await store.open();
    await database.run('CREATE TABLE items (id TEXT PRIMARY KEY)');
    await database.run("INSERT INTO items (id) VALUES ('item 7')");
    await using group = createGroupCommit<string>({
      commit: (batch) =>
        database.insertMany(
          { table: 'items', columns: ['id'] },
          batch.map((id) => [id]),
        ),
      maxBatch: 50,
    });
    const items = Array.from({ length: 200 }, (_, n) => `item ${n}`);
    const results = await Promise.allSettled(items.map((item) => group.add(item)));
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(await database.all('SELECT count(*) AS c FROM items')).toEqual([{ c: 200 }]);
  });
});

const CRASHING_WRITER = `
  import { openDatabase, createGroupCommit } from './index.ts';
  const database = await openDatabase(process.argv[2]);
  await database.run('CREATE TABLE items (id BIGINT PRIMARY KEY)');
  const group = createGroupCommit({
    commit: (batch) =>
      database.insertMany({ table: 'items', columns: ['id'] }, batch.map((id) => [id])),
  });
  for (let id = 0; ; id += 8) {
    const ids = Array.from({ length: 8 }, (_, n) => id + n);
    await Promise.all(ids.map((item) => group.add(item)));
    process.stdout.write(ids.join('\\n') + '\\n');
  }`;

test('after a kill, every item that was reported durable is there (SQLite)', async () => {
  // Inside the project, so that the bundle finds the project's packages.
  const project = fileURLToPath(new URL('../../../node_modules/', import.meta.url));
  const folder = await mkdtemp(join(tmpdir(), 'parhelion-crash-'));
  const bundleFolder = await mkdtemp(join(project, '.parhelion-crash-'));
  try {
    const program = join(bundleFolder, 'writer.mjs');
    await build({
      stdin: {
        contents: CRASHING_WRITER,
        loader: 'ts',
        resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      outfile: program,
    });
    const url = `sqlite:${join(folder, 'store.db')}`;
    const writer = spawn(process.execPath, [program, url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let reported = '';
    writer.stdout.on('data', (chunk) => {
      reported += String(chunk);
      if (reported.length > 2000) writer.kill('SIGKILL');
    });
    await new Promise((resolve) => writer.once('close', resolve));
    expect(writer.signalCode).toBe('SIGKILL');
    const durable = reported.slice(0, reported.lastIndexOf('\n')).split('\n').map(Number);

    await using database = await openDatabase(url);
    const rows = await database.all<{ id: number }>('SELECT id FROM items ORDER BY id');
    const stored = new Set(rows.map(({ id }) => id));
    expect(durable.length).toBeGreaterThan(100);
    expect(durable.filter((id) => !stored.has(id))).toEqual([]);
  } finally {
    await rm(bundleFolder, { recursive: true });
    await rm(folder, { recursive: true });
  }
});
