import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBlobStore } from '../../src/gateway/blobs/index.ts';
import { Metrics } from '../../src/gateway/metrics/index.ts';
import { AsyncCourse, type Run } from '../../src/gateway/queries/async-course.ts';
import { endOverdue } from '../../src/gateway/queries/async-deadlines.ts';
import { AsyncStore } from '../../src/gateway/queries/async-store.ts';
import { PageStore } from '../../src/gateway/queries/page-store.ts';
import { QueryStore } from '../../src/gateway/queries/query-store.ts';
import { openResultPage } from '../../src/gateway/queries/result-page.ts';
import type { Database } from '../../src/gateway/store/index.ts';
import { newId } from '../../src/lib/ids.ts';
import type { PageCutFrame, ReportFrame } from '../../src/protocol/async-frames.ts';
import type { StoreEngine, TestStore } from './store-engines.ts';

const SECOND = 1000;
export const HOUR = 3_600_000;
export const limits = {
  executionLimitMs: 300 * SECOND,
  uploadLimitMs: 24 * HOUR,
  unreachableAfterMs: 120 * SECOND,
  retentionMs: 24 * HOUR,
};
const integratorId = newId();
export const siteId = newId();
export const ROWS = Buffer.from('[{"a":1},{"a":2}]');
export const error = {
  errorType: 'mssql',
  errorCode: 208,
  errorMessage: "Invalid object 'x'.",
} as const;

/** Async queries over a real store and blob store, with a clock of its own and no site. */
export class AsyncQueryBed implements AsyncDisposable {
  now = 1_790_000_000_000;
  /** How far the clock goes on each time it is read. */
  stepMs = 0;
  readonly clock = {
    now: () => {
      this.now += this.stepMs;
      return this.now;
    },
  };
  readonly announced: string[] = [];
  readonly metrics = new Metrics();
  readonly database: Database;
  readonly folder: string;
  readonly pages: PageStore;
  readonly course: AsyncCourse;
  readonly store: AsyncStore;
  readonly queries: QueryStore;
  readonly #testStore: TestStore;

  /** Built by {@link openAsyncQueryBed}. */
  constructor(parts: {
    testStore: TestStore;
    database: Database;
    folder: string;
    pages: PageStore;
  }) {
    const { clock, metrics } = this;
    const { database, pages } = parts;
    this.#testStore = parts.testStore;
    this.database = database;
    this.folder = parts.folder;
    this.pages = pages;
    this.store = new AsyncStore(database, clock);
    this.queries = new QueryStore({ database, clock, retentionMs: limits.retentionMs });
    this.course = new AsyncCourse({
      database,
      clock,
      metrics,
      pages,
      retentionMs: limits.retentionMs,
      announce: async (_session, { queryId }) => void this.announced.push(queryId),
      onAnnounced: () => {},
    });
  }

  async accept(waitsForSite = false): Promise<Run> {
    const queryId = newId();
    await this.store.accept({
      id: queryId,
      integratorId,
      siteId,
      catalogue: undefined,
      commandJson: '{"text":"SELECT secret"}',
      maxTimeInQueueMs: HOUR,
      requestSize: 10,
      waitsForSite,
      createdAt: this.now,
    });
    return { siteId, queryId, attempt: 1 };
  }

  find({ queryId }: Run) {
    return this.queries.find({ integratorId }, siteId, queryId);
  }

  async statusOf(run: Run): Promise<string | undefined> {
    return (await this.find(run))?.status;
  }

  async cutAndUpload(run: Run, bytes = ROWS, facts: Partial<PageCutFrame> = {}): Promise<void> {
    const answer = await this.pages.cut(siteId, pageCut(run, bytes, facts));
    const token = answer.upload?.headers['authorization']?.slice('Bearer '.length) ?? '';
    const pageNumber = facts.pageNumber ?? 1;
    await this.pages.upload({ queryId: run.queryId, pageNumber, token }, from(bytes));
  }

  open(run: Run, pageNumber = 1) {
    return openResultPage(
      { store: this.queries, asyncQueries: { pages: this.pages, limits }, clock: this.clock },
      { owner: { integratorId }, siteId, queryId: run.queryId, pageNumber },
    );
  }

  async presence(availability: string, heartbeatAt: number): Promise<void> {
    await this.database.run(
      `INSERT INTO site_presence (site_id, session_id, availability, heartbeat_at, client_time)
       VALUES (?, ?, ?, ?, ?) ON CONFLICT (site_id) DO UPDATE SET
         availability = excluded.availability, heartbeat_at = excluded.heartbeat_at`,
      [siteId, newId(), availability, heartbeatAt, heartbeatAt],
    );
  }

  endOverdue() {
    const { database, clock, metrics } = this;
    return endOverdue({ database, clock, metrics, limits });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#testStore[Symbol.asyncDispose]();
    await rm(this.folder, { recursive: true });
  }
}

/** A bed on a new store of the engine, with one site. */
export async function openAsyncQueryBed(engine: StoreEngine): Promise<AsyncQueryBed> {
  const testStore = await engine.createStore();
  const database = await testStore.open();
  await database.migrate();
  await database.run(
    `INSERT INTO sites (id, pms_type, pms_id, name, status, authoritative, catalogue, created_at, updated_at)
     VALUES (?, 'BestPractice', 'P1', 'n', 'active', 1, '[]', 0, 0)`,
    [siteId],
  );
  const folder = await mkdtemp(join(tmpdir(), 'parhelion-pages-'));
  const pages = new PageStore(database, await openBlobStore(`file:${folder}`), () => {});
  return new AsyncQueryBed({ testStore, database, folder, pages });
}

export async function* from(...parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

/** The frame that announces a page. */
export function pageCut(
  run: Run,
  bytes: Uint8Array,
  facts: Partial<PageCutFrame> = {},
): PageCutFrame {
  return {
    type: 'pageCut',
    queryId: run.queryId,
    attempt: run.attempt,
    pageNumber: 1,
    size: bytes.length,
    rows: 2,
    rangeStart: 0,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    ...facts,
  };
}

/** A report of a run. */
export function report(run: Run, facts: Partial<ReportFrame>): ReportFrame {
  const { queryId, attempt } = run;
  return { type: 'report', queryId, attempt, state: 'uploading', ...facts };
}

/** What a site says of a result that is {@link ROWS}. */
export const whole = { sqlExecutionMs: 7, rows: 2, size: ROWS.length, pages: 1 };
