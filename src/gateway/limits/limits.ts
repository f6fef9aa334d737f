import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Clock } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import type { Integrators } from '../integrators/index.ts';
import type { Database } from '../store/index.ts';
import { type EffectiveLimits, effectiveLimits } from './effective-limits.ts';
import { ImmediateGauge } from './immediate-gauge.ts';
import type { LimitsEvents, Refusal } from './limits-events.ts';
import { type RateTaking, settleRates } from './rate-levels.ts';
import { SharedRate } from './shared-rate.ts';
import { dayOf, UsageCounter } from './usage-counter.ts';
import { type Amount, addUsage, readUsage, type UsageRange, type UsageRow } from './usage-rows.ts';

/** What is counted as a query. Of immediate ones only so many may be under way. */
export type QueryKind = 'immediate' | 'async' | 'registered';

export interface QueryFacts {
  readonly integratorId: string;
  readonly siteId: string;
  readonly kind: QueryKind;
}

/** A query that may run; disposed of when it has ended. */
export interface Admission extends Disposable {
  /** Takes the query back from the day's count: it never reached the site. */
  withdraw(): void;
}

/** What other features need of limits: to ask before a query, and to tell what its result weighs. */
export interface QueryLimits {
  /** @throws ParhelionError `tooManyRequests`, `quotaExceeded` */
  admit(query: QueryFacts): Promise<Admission>;
  /** Counts bytes of a decoded result, once, when the gateway takes it from the site. */
  recordBytes(facts: { integratorId: string; siteId: string; bytes: number }): void;
}

export interface LimitsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly integrators: Pick<Integrators, 'get'>;
  readonly defaults: EffectiveLimits;
  readonly events: LimitsEvents;
}

/** When a query that found all places taken is best tried again. */
const RETRY_WHEN_FULL_MS = 1_000;
const DAY_MS = 24 * 60 * 60_000;
/** How long it can be read what was used. */
const USAGE_KEPT_MS = 400 * DAY_MS;
const GAUGES_KEPT_MS = 60 * 60_000;

/**
 * The limits of integrators, shared by all gateways of one store. Nothing here makes a request wait for the store,
 * but for the first of a day at a site; `sync` settles with the store in the background
 * (docs/decisions/0022-limits.md).
 */
export class Limits implements QueryLimits, AsyncDisposable {
  readonly #options: LimitsOptions;
  readonly #nodeId = newId();
  readonly #rates = new Map<string, SharedRate>();
  readonly #gauge = new ImmediateGauge(this.#nodeId);
  readonly #usage: UsageCounter;
  #settling: Promise<void> = Promise.resolve();
  #nextSync: Promise<void> | undefined;

  constructor(options: LimitsOptions) {
    this.#options = options;
    this.#usage = new UsageCounter(options.database, options.clock);
  }

  /** What holds for an integrator, as it was set at most a second ago. */
  async of(integratorId: string): Promise<EffectiveLimits> {
    const { integrators, defaults } = this.#options;
    const integrator = await integrators.get(integratorId);
    return effectiveLimits(integrator?.settings ?? {}, defaults);
  }

  /** Takes one request of the rate. @throws ParhelionError `tooManyRequests` */
  async takeRequest(integratorId: string): Promise<void> {
    const { requestsPerSecond } = await this.of(integratorId);
    const now = this.#options.clock.now();
    let rate = this.#rates.get(integratorId);
    if (!rate) {
      rate = new SharedRate(requestsPerSecond, now);
      this.#rates.set(integratorId, rate);
    }
    rate.setRate(requestsPerSecond);
    const retryAfterMs = rate.take(now);
    if (retryAfterMs !== undefined) this.#refuse(integratorId, 'rate', retryAfterMs);
  }

  /** Refuses early what `admit` would refuse for the number of queries under way. */
  async requirePlace(integratorId: string): Promise<void> {
    this.#checkPlace(integratorId, await this.of(integratorId));
  }

  /** Refuses early what `admit` would refuse for a quota of the day. */
  async requireQuota(integratorId: string, siteId: string): Promise<void> {
    const limits = await this.of(integratorId);
    const day = this.#today();
    await this.#usage.load(integratorId, siteId, day);
    this.#checkQuota(limits, this.#usage.used(integratorId, siteId, day), integratorId);
  }

  async admit({ integratorId, siteId, kind }: QueryFacts): Promise<Admission> {
    const limits = await this.of(integratorId);
    const day = this.#today();
    await this.#usage.load(integratorId, siteId, day);
    // From here on nothing waits, so that two queries never take the same last place.
    const isImmediate = kind === 'immediate';
    if (isImmediate) this.#checkPlace(integratorId, limits);
    this.#checkQuota(limits, this.#usage.used(integratorId, siteId, day), integratorId);
    if (isImmediate) this.#gauge.begin(integratorId);
    this.#usage.add(integratorId, siteId, day, { queries: 1, bytes: 0 });
    let hasEnded = false;
    return {
      withdraw: () => this.#usage.add(integratorId, siteId, day, { queries: -1, bytes: 0 }),
      [Symbol.dispose]: () => {
        if (isImmediate && !hasEnded) this.#gauge.end(integratorId);
        hasEnded = true;
      },
    };
  }

  recordBytes({ integratorId, siteId, bytes }: Parameters<QueryLimits['recordBytes']>[0]): void {
    if (bytes > 0) this.#usage.add(integratorId, siteId, this.#today(), { queries: 0, bytes });
  }

  /** What was used, newest day first; this node's own counts are in it to the last query. */
  async readUsage(range: UsageRange): Promise<UsageRow[]> {
    await this.sync();
    return await readUsage(this.#options.database, range);
  }

  /** Settles with the store: what was used here is told, and what the other nodes use is learnt. */
  sync(): Promise<void> {
    this.#nextSync ??= this.#settleNext(this.#settling);
    return this.#nextSync;
  }

  /** Removes what nobody reads any more. */
  async removeOld(): Promise<void> {
    const { database, clock } = this.#options;
    const now = clock.now();
    await database.run('DELETE FROM daily_usage WHERE day < ?', [dayOf(now - USAGE_KEPT_MS)]);
    await database.run('DELETE FROM rate_levels WHERE settled_at < ?', [now - GAUGES_KEPT_MS]);
    await database.run('DELETE FROM immediate_gauges WHERE reported_at < ?', [
      now - GAUGES_KEPT_MS,
    ]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.sync();
      await this.#gauge.withdraw(this.#options.database);
    } catch {
      // A store that is gone keeps what it was told before.
    }
  }

  async #settleNext(earlier: Promise<void>): Promise<void> {
    await earlier;
    this.#nextSync = undefined;
    const settling = this.#settle();
    this.#settling = settling.catch(() => {});
    await settling;
  }

  #today(): string {
    return dayOf(this.#options.clock.now());
  }

  async #settle(): Promise<void> {
    const { database, clock, events } = this.#options;
    events.flush();
    const now = clock.now();
    const used = this.#usage.beginFlush();
    const takings = this.#beginSettlingRates(now);
    const due = this.#gauge.due(now);
    try {
      if (used.length + takings.length + due.length > 0) {
        const { totals, levels } = await database.transaction(async (session) => {
          const added = await addUsage(session, used);
          const settled = await settleRates(session, takings, now);
          await this.#gauge.report(session, due, now);
          return { totals: added, levels: settled };
        });
        this.#usage.flushed(totals, dayOf(now));
        this.#gauge.reported(due, now);
        for (const [id, level] of levels) this.#rates.get(id)?.settled(level, clock.now());
      }
    } catch (error) {
      this.#usage.notFlushed();
      for (const { integratorId } of takings) this.#rates.get(integratorId)?.notSettled();
      throw error;
    }
    await this.#gauge.readOthers(database, now);
  }

  #beginSettlingRates(now: number): RateTaking[] {
    const takings: RateTaking[] = [];
    for (const [integratorId, rate] of this.#rates) {
      if (rate.isIdle(now)) {
        this.#rates.delete(integratorId);
        continue;
      }
      const taken = rate.beginSettling();
      const { levelAlone, perSecond, capacity } = rate;
      if (taken > 0) takings.push({ integratorId, taken, levelAlone, perSecond, capacity });
    }
    return takings;
  }

  #checkPlace(integratorId: string, { concurrentImmediateQueries }: EffectiveLimits): void {
    if (this.#gauge.underWay(integratorId) >= concurrentImmediateQueries) {
      this.#refuse(integratorId, 'concurrency', RETRY_WHEN_FULL_MS);
    }
  }

  #checkQuota(limits: EffectiveLimits, used: Amount, integratorId: string): void {
    const { dailyQueriesPerSite, dailyBytesPerSite } = limits;
    if (used.queries >= dailyQueriesPerSite) {
      this.#refuse(integratorId, 'dailyQueries', dailyQueriesPerSite);
    }
    if (used.bytes >= dailyBytesPerSite) {
      this.#refuse(integratorId, 'dailyBytes', dailyBytesPerSite);
    }
  }

  #refuse(integratorId: string, limit: Refusal, facts: number): never {
    this.#options.events.refused(integratorId, limit);
    switch (limit) {
      case 'rate':
      case 'concurrency':
        throw new ParhelionError('tooManyRequests', undefined, { retryAfterMs: facts });
      case 'dailyQueries':
      case 'dailyBytes': {
        const unit = limit === 'dailyQueries' ? 'queries' : 'bytes of results';
        throw new ParhelionError(
          'quotaExceeded',
          `The daily quota of ${facts} ${unit} at this site is used up. A new day begins at 00:00 UTC.`,
        );
      }
    }
  }
}
