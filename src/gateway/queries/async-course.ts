import type { Clock } from '../../lib/clock.ts';
import type { ReportFrame } from '../../protocol/async-frames.ts';
import { type ErrorDetails, haloLinkError } from '../../protocol/error-details.ts';
import type { Metrics } from '../metrics/index.ts';
import { type Database, GroupedUpdates, type Session } from '../store/index.ts';
import type { PageStore } from './page-store.ts';
import type { QueryStatus } from './query.ts';
import { type Ending, endQueries, type Selection } from './transitions.ts';

/** Whether a report counts. `over`: the query has ended otherwise, or was never here. */
export type Verdict = 'noted' | 'over';

/** Says that there is a result to fetch, within the transaction that makes it so. */
export type Announce = (
  session: Session,
  event: {
    readonly integratorId: string;
    readonly siteId: string;
    readonly queryId: string;
    readonly occurredAt: number;
  },
) => Promise<unknown>;

export interface AsyncCourseOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly pages: PageStore;
  readonly retentionMs: number;
  readonly announce: Announce;
  /** Called once an announcement is committed. */
  readonly onAnnounced: () => void;
}

interface CourseRow {
  readonly integrator_id: string;
  readonly status: QueryStatus;
  readonly attempt: number;
  readonly may_write: number;
  readonly pages_served: number;
  readonly completed_at: number | null;
}

/** Which query a report is about, and which run of it. */
export interface Run {
  readonly siteId: string;
  readonly queryId: string;
  readonly attempt: number;
}

const AT_SITE = "('executing', 'uploading')";

export const OUTCOME_UNKNOWN = haloLinkError(
  'outcomeUnknown',
  'The site lost track of the command while it may have been running: its outcome is unknown.',
);

export const SITE_WENT_AWAY = haloLinkError(
  'siteWentAway',
  'The site went away while the query was running.',
);

const READ_ALREADY = haloLinkError(
  'siteWentAway',
  'The site stopped in the middle of the query, and pages of it had been read already: a second run might not fit them. Please send the query again.',
);

const PAGES_MISSING = haloLinkError(
  'unexpected',
  'The pages of the result do not add up to what the site has sent.',
);

/**
 * The course of async queries, as their sites report it. Each change is one conditional statement, so that a report
 * that comes late, twice or out of order changes nothing.
 */
export class AsyncCourse implements AsyncDisposable {
  readonly #options: AsyncCourseOptions;
  /** A burst of reports must not go ahead of the queries that run, one commit each. */
  readonly #updates: GroupedUpdates;

  constructor(options: AsyncCourseOptions) {
    this.#options = options;
    this.#updates = new GroupedUpdates(options.database);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#updates[Symbol.asyncDispose]();
  }

  /** The site keeps the query. */
  async queued({ siteId, queryId }: Run): Promise<Verdict> {
    const now = this.#options.clock.now();
    const changes = await this.#updates.run(
      `UPDATE queries SET status = 'queued', queued_at = ?, initialising_ended_at = ?, updated_at = ?
       WHERE id = ? AND site_id = ? AND mode = 'async' AND status = 'initialising'`,
      [now, now, now, queryId, siteId],
    );
    return changes > 0 ? 'noted' : await this.#unlessOver(siteId, queryId);
  }

  /** The site asks to run the query; with `noted` it does. */
  async executing(run: Run, mayWrite: boolean): Promise<Verdict> {
    const { siteId, queryId, attempt } = run;
    const now = this.#options.clock.now();
    const changes = await this.#updates.run(
      `UPDATE queries SET status = 'executing', attempt = ?, may_write = ?, command = NULL, updated_at = ?,
         executing_at = ?, queued_at = COALESCE(queued_at, ?), queued_ended_at = ?,
         initialising_ended_at = COALESCE(initialising_ended_at, ?)
       WHERE id = ? AND site_id = ? AND mode = 'async' AND status IN ('initialising', 'queued')
         AND expires_at > ?`,
      [attempt, mayWrite ? 1 : 0, now, now, now, now, now, queryId, siteId, now],
    );
    if (changes > 0) return 'noted';
    const row = await this.#find(siteId, queryId);
    if (!row || row.completed_at !== null) return 'over';
    if (row.status === 'initialising' || row.status === 'queued') {
      await this.expired(run);
      return 'over';
    }
    return row.attempt >= attempt ? 'noted' : await this.#runAgain(run, row);
  }

  /** The database has finished. */
  async uploading(run: Run, report: ReportFrame): Promise<Verdict> {
    const now = this.#options.clock.now();
    const changes = await this.#updates.run(
      `UPDATE queries SET status = 'uploading', uploading_at = ?, executing_ended_at = ?, updated_at = ?,
         sql_execution_ms = ?, row_count = ?, rows_affected = ?, result_size = ?
       WHERE id = ? AND site_id = ? AND status = 'executing' AND attempt = ?`,
      [now, now, now, ...totals(report), run.queryId, run.siteId, run.attempt],
    );
    return changes > 0 ? 'noted' : await this.#unlessOver(run.siteId, run.queryId);
  }

  /** All pages are there: the result is complete, and its webhook is due. */
  async successful(run: Run, report: ReportFrame): Promise<Verdict> {
    const { database, clock, pages, announce } = this.#options;
    const now = clock.now();
    const outcome = await database.transaction(async (session) => {
      const row = await this.#lock(session, run);
      if (!row) return 'oldNews';
      if (report.pages === 0) await pages.addEmpty(session, run);
      else if (!(await pages.addsUp(session, run, report))) return 'pagesMissing';
      await session.run(
        `UPDATE queries SET sql_execution_ms = ?, row_count = ?, rows_affected = ?, result_size = ?,
           result_parameters = ?, uploading_at = COALESCE(uploading_at, ?)
         WHERE id = ?`,
        [...totals(report), toJson(report.parameters), now, run.queryId],
      );
      await this.#end(session, upTo(run), { status: 'successful' }, now);
      const { siteId, queryId } = run;
      const integratorId = row.integrator_id;
      await announce(session, { integratorId, siteId, queryId, occurredAt: now });
      return 'noted';
    });
    if (outcome === 'oldNews') return await this.#unlessOver(run.siteId, run.queryId);
    if (outcome === 'pagesMissing') {
      return await this.end(run, { status: 'uploadFailed', error: PAGES_MISSING });
    }
    this.#options.onAnnounced();
    this.#options.metrics.queryEnded('async', 'successful', undefined);
    return 'noted';
  }

  /** Its time in the queue ran out at the site, which never began to run it. */
  async expired({ siteId, queryId }: Run): Promise<Verdict> {
    const attempt = Number.MAX_SAFE_INTEGER;
    return await this.end({ siteId, queryId, attempt }, { status: 'expiredInQueue' });
  }

  /** The query ends otherwise than by success. */
  async end(run: Run, ending: Ending): Promise<Verdict> {
    const ended = await this.#end(this.#options.database, upTo(run), ending);
    if (ended === 0) return 'over';
    this.#options.metrics.queryEnded('async', ending.status, ending.error?.errorType);
    return 'noted';
  }

  /** Ends all queries of an integrator at a site that have not begun to run. */
  async endWaiting(integratorId: string, siteId: string, ending: Ending): Promise<void> {
    const waiting: Selection = {
      where: "integrator_id = ? AND site_id = ? AND status IN ('initialising', 'queued')",
      params: [integratorId, siteId],
    };
    const ended = await this.#end(this.#options.database, waiting, ending);
    for (let n = 0; n < ended; n += 1) {
      this.#options.metrics.queryEnded('async', ending.status, ending.error?.errorType);
    }
  }

  /** The site was asked and does not know the query. True when it must be handed over again. */
  async unknown({ siteId, queryId }: Pick<Run, 'siteId' | 'queryId'>): Promise<boolean> {
    const row = await this.#find(siteId, queryId);
    if (!row || row.completed_at !== null) return false;
    if (row.status === 'queued') return true;
    const error = row.may_write === 1 ? OUTCOME_UNKNOWN : SITE_WENT_AWAY;
    await this.end({ siteId, queryId, attempt: row.attempt }, { status: 'executionFailed', error });
    return false;
  }

  /** Only what surely reads runs again, and only while nobody has read pages of the earlier run. */
  async #runAgain(run: Run, row: CourseRow): Promise<Verdict> {
    const refuse = async (error: ErrorDetails): Promise<Verdict> => {
      await this.end(run, { status: 'executionFailed', error });
      return 'over';
    };
    if (row.may_write === 1) return await refuse(OUTCOME_UNKNOWN);
    const { database, clock, pages } = this.#options;
    const now = clock.now();
    const isBegun = await database.transaction(async (session) => {
      const changes = await session.run(
        `UPDATE queries SET status = 'executing', attempt = ?, executing_at = ?, updated_at = ?,
           executing_ended_at = NULL, uploading_at = NULL, sql_execution_ms = NULL,
           row_count = NULL, rows_affected = NULL, result_size = NULL
         WHERE id = ? AND site_id = ? AND attempt = ? AND status IN ${AT_SITE} AND pages_served = 0`,
        [run.attempt, now, now, run.queryId, run.siteId, row.attempt],
      );
      if (changes > 0) await pages.forget(session, run.queryId);
      return changes > 0;
    });
    return isBegun ? 'noted' : await refuse(READ_ALREADY);
  }

  async #end(
    session: Session,
    selection: Selection,
    ending: Ending,
    now = this.#options.clock.now(),
  ): Promise<number> {
    const times = { now, eraseAt: now + this.#options.retentionMs };
    return (await endQueries(session, selection, ending, times)).length;
  }

  async #lock(session: Session, run: Run): Promise<CourseRow | undefined> {
    const [row] = await session.all<CourseRow>(
      `SELECT integrator_id, status, attempt, may_write, pages_served, completed_at FROM queries
       WHERE id = ? AND site_id = ? AND attempt = ? AND status IN ${AT_SITE} FOR UPDATE`,
      [run.queryId, run.siteId, run.attempt],
    );
    return row;
  }

  async #find(siteId: string, queryId: string): Promise<CourseRow | undefined> {
    const [row] = await this.#options.database.all<CourseRow>(
      `SELECT integrator_id, status, attempt, may_write, pages_served, completed_at FROM queries
       WHERE id = ? AND site_id = ? AND mode = 'async'`,
      [queryId, siteId],
    );
    return row;
  }

  /** A report that changed nothing is old news, unless the query has ended. */
  async #unlessOver(siteId: string, queryId: string): Promise<Verdict> {
    const row = await this.#find(siteId, queryId);
    return !row || row.completed_at !== null ? 'over' : 'noted';
  }
}

/** The query, unless a later run of it has begun. */
function upTo({ siteId, queryId, attempt }: Run): Selection {
  return {
    where: 'id = ? AND site_id = ? AND attempt <= ?',
    params: [queryId, siteId, attempt],
  };
}

function totals({ sqlExecutionMs, rows, rowsAffected, size }: ReportFrame) {
  return [sqlExecutionMs ?? null, rows ?? null, rowsAffected ?? null, size ?? 0];
}

function toJson(parameters: ReportFrame['parameters']): string | null {
  return parameters === undefined ? null : JSON.stringify(parameters);
}
