import type { Clock } from '../../lib/clock.ts';
import { KeyedTurns } from '../../lib/keyed-turns.ts';
import type { PageCutFrame, ReportFrame } from '../../protocol/async-frames.ts';
import { PAIRING_ENDED } from '../../protocol/error-details.ts';
import type { BlobStore } from '../blobs/index.ts';
import type { Metrics } from '../metrics/index.ts';
import type { FeatureFrame, SiteBus, SiteSession } from '../sessions/index.ts';
import type { Database } from '../store/index.ts';
import { type Announce, AsyncCourse, type Run, type Verdict } from './async-course.ts';
import { type AsyncLimits, endOverdue } from './async-deadlines.ts';
import { AsyncStore, type NewAsyncQuery } from './async-store.ts';
import { HandOver } from './hand-over.ts';
import { PageStore, type PageStored } from './page-store.ts';
import { eraseDue } from './retention.ts';

export interface AsyncQueriesOptions {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly bus: SiteBus;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly limits: AsyncLimits;
  readonly pageBytes: number;
  readonly announce: Announce;
  /** Called once an announcement is committed. */
  readonly onAnnounced: () => void;
  readonly onPageStored: PageStored;
  /** Called when a report, a page or a hand-over could not be dealt with; the site repeats what is not answered. */
  readonly onFailed: (error: unknown) => void;
}

const NEW_QUERY = (siteId: string) => `queries.${siteId}`;

const MAX_ENQUIRED = 500;

/** A query at a site that was not heard of for so long is asked for. */
const ENQUIRE_AFTER_MS = 60_000;

/** Async queries from their acceptance to their end. The table `queries` is the queue: nothing else remembers. */
export class AsyncQueries implements AsyncDisposable {
  readonly pages: PageStore;
  readonly #options: AsyncQueriesOptions;
  readonly #store: AsyncStore;
  readonly #course: AsyncCourse;
  readonly #handOvers = new Map<string, HandOver>();
  readonly #sessions = new Map<string, SiteSession>();
  readonly #turns = new KeyedTurns();

  constructor(options: AsyncQueriesOptions) {
    const { database, clock, metrics, limits, announce, onAnnounced } = options;
    this.#options = options;
    this.#store = new AsyncStore(database, clock);
    this.pages = new PageStore(database, options.blobs, options.onPageStored);
    this.#course = new AsyncCourse({
      database,
      clock,
      metrics,
      pages: this.pages,
      retentionMs: limits.retentionMs,
      announce,
      onAnnounced,
    });
  }

  get limits(): AsyncLimits {
    return this.#options.limits;
  }

  /** Resolves once the query is durable; its site is then told, on whichever node it is. */
  async accept(query: NewAsyncQuery): Promise<void> {
    await this.#store.accept(query);
    this.#options.bus.publish(NEW_QUERY(query.siteId));
  }

  /** Serves the session of a site with its queries, until disposed. */
  attach(session: SiteSession): Disposable {
    if (!session.capabilities.has('async')) return { [Symbol.dispose]: () => {} };
    const { siteId } = session;
    const { limits, pageBytes, clock, onFailed, bus } = this.#options;
    const handOver = new HandOver({
      store: this.#store,
      session,
      now: () => clock.now(),
      executionLimitMs: limits.executionLimitMs,
      pageBytes,
      onFailed,
    });
    this.#handOvers.set(siteId, handOver);
    this.#sessions.set(siteId, session);
    session.subscribe((frame) => this.#receive(session, handOver, frame));
    const woken = bus.subscribe(NEW_QUERY(siteId), () => void handOver.wake());
    void handOver.wake();
    void this.#enquire(session).catch(onFailed);
    return {
      [Symbol.dispose]: () => {
        woken[Symbol.dispose]();
        if (this.#sessions.get(siteId) !== session) return;
        this.#sessions.delete(siteId);
        this.#handOvers.delete(siteId);
      },
    };
  }

  /** Wakes the sessions of sites whose queries wait: a hint of the bus may have been lost. */
  async wakeWaiting(): Promise<void> {
    if (this.#sessions.size === 0) return;
    for (const siteId of await this.#store.findSitesWithWork()) {
      // Not awaited: a site that is slow to take a large command must not hold up the others.
      void this.#handOvers.get(siteId)?.wake();
    }
  }

  /** Asks sites for what has not been heard of for a while. */
  async enquireOverdue(): Promise<void> {
    if (this.#sessions.size === 0) return;
    const since = this.#options.clock.now() - ENQUIRE_AFTER_MS;
    for (const siteId of await this.#store.findSitesWithWork(since)) {
      const session = this.#sessions.get(siteId);
      if (session) await this.#enquire(session);
    }
  }

  /** Ends what its site has not ended in time. */
  endOverdue(): Promise<number> {
    return endOverdue(this.#options);
  }

  /** The pairing has ended: what has not begun to run is refused. */
  async endUnpaired(integratorId: string, siteId: string): Promise<void> {
    await this.#course.endWaiting(integratorId, siteId, {
      status: 'executionFailed',
      error: PAIRING_ENDED,
    });
  }

  /** Erases the practice's data of queries of every mode whose retention is over. */
  eraseDue(): Promise<number> {
    return eraseDue(this.#options.database, this.#options.clock, this.pages);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#store[Symbol.asyncDispose]();
    await this.#course[Symbol.asyncDispose]();
  }

  async #enquire(session: SiteSession): Promise<void> {
    const queryIds = await this.#store.findAtSite(session.siteId);
    for (let start = 0; start < queryIds.length; start += MAX_ENQUIRED) {
      session.send({ type: 'enquire', queryIds: queryIds.slice(start, start + MAX_ENQUIRED) });
    }
  }

  #receive(
    session: SiteSession,
    handOver: HandOver,
    frame: FeatureFrame,
  ): Promise<void> | undefined {
    if (frame.type !== 'report' && frame.type !== 'pageCut') return undefined;
    const answer = async () => {
      if (frame.type === 'report') await this.#report(session, handOver, frame);
      else await this.#cut(session, frame);
    };
    // What could not be dealt with is not answered, and so comes again. A site may name a query of another one.
    const turn = `${session.siteId}/${frame.queryId}`;
    return this.#turns.run(turn, answer).catch(this.#options.onFailed);
  }

  async #cut(session: SiteSession, frame: PageCutFrame): Promise<void> {
    const { queryId, attempt, pageNumber } = frame;
    const answer = await this.pages.cut(session.siteId, frame);
    session.send({ type: 'pageSeen', queryId, attempt, pageNumber, ...answer });
  }

  async #report(session: SiteSession, handOver: HandOver, frame: ReportFrame): Promise<void> {
    const { queryId, attempt, state } = frame;
    const run: Run = { siteId: session.siteId, queryId, attempt };
    const verdict = await this.#note(run, frame, handOver);
    session.send({ type: 'reportSeen', queryId, state, attempt, verdict });
    handOver.answered(queryId);
  }

  async #note(run: Run, frame: ReportFrame, handOver: HandOver): Promise<Verdict> {
    const error = frame.errorDetails;
    switch (frame.state) {
      case 'queued':
        return await this.#course.queued(run);
      case 'executing':
        return await this.#course.executing(run, frame.mayWrite ?? true);
      case 'uploading':
        return await this.#course.uploading(run, frame);
      case 'successful':
        return await this.#course.successful(run, frame);
      case 'expiredInQueue':
        return await this.#course.expired(run);
      case 'notQueued':
        return await this.#course.end(run, { status: 'initialisationFailedCacheError', error });
      case 'executionFailed':
      case 'uploadFailed':
        return await this.#course.end(run, { status: frame.state, error });
      case 'unknown':
        if (await this.#course.unknown(run)) await handOver.send(run.queryId);
        return 'noted';
    }
  }
}
