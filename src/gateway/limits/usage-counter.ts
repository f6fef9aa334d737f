import type { Clock } from '../../lib/clock.ts';
import type { Database } from '../store/index.ts';
import { type Amount, readUsage, type UsageRow } from './usage-rows.ts';

interface Entry {
  readonly integratorId: string;
  readonly siteId: string;
  readonly day: string;
  /** What the store had when it was last heard of; undefined until it is asked. */
  stored: Amount | undefined;
  /** When that was, or when it was last asked. */
  askedAt: number;
  /** Counts what was flushed: an answer of the store from before is out of date. */
  flushes: number;
  loading: Promise<void> | undefined;
  /** Not in the store yet. */
  pending: Amount;
  flushing: Amount;
}

const NOTHING: Amount = { queries: 0, bytes: 0 };
/** After this the store is asked anew, in the background, when no flush has told the totals meanwhile. */
const BELIEVED_MS = 1_000;
const MAX_ENTRIES = 50_000;

const sum = (a: Amount, b: Amount): Amount => ({
  queries: a.queries + b.queries,
  bytes: a.bytes + b.bytes,
});
const isNothing = ({ queries, bytes }: Amount) => queries === 0 && bytes === 0;

/** The date, in UTC, of a time. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Counts what integrators use; the counts are flushed to the store in groups, and the totals come back from it. */
export class UsageCounter {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Asks the store for the day's usage. Only the first of a day waits for it. */
  async load(integratorId: string, siteId: string, day: string): Promise<void> {
    const entry = this.#entry(integratorId, siteId, day);
    if (!entry.stored) {
      await (entry.loading ??= this.#load(entry));
    } else if (!entry.loading && this.#clock.now() - entry.askedAt >= BELIEVED_MS) {
      // What cannot be read now is read at the next query.
      entry.loading = this.#load(entry).catch(() => {});
    }
  }

  /** The day's usage as this node knows it. */
  used(integratorId: string, siteId: string, day: string): Amount {
    const { stored, flushing, pending } = this.#entry(integratorId, siteId, day);
    return sum(sum(stored ?? NOTHING, flushing), pending);
  }

  /** Counts at once, without waiting for the store. Amounts below 0 take back. */
  add(integratorId: string, siteId: string, day: string, amount: Amount): void {
    const entry = this.#entry(integratorId, siteId, day);
    entry.pending = sum(entry.pending, amount);
  }

  /** What the store does not have yet; `flushed` or `notFlushed` must follow. */
  beginFlush(): UsageRow[] {
    const rows: UsageRow[] = [];
    for (const entry of this.#entries.values()) {
      if (isNothing(entry.pending)) continue;
      const { integratorId, siteId, day, pending } = entry;
      entry.flushing = pending;
      entry.pending = NOTHING;
      rows.push({ integratorId, siteId, day, ...pending });
    }
    return rows;
  }

  /** @param totals of all nodes, as the store has them now @param today entries of other days are forgotten */
  flushed(totals: readonly UsageRow[], today: string): void {
    for (const { integratorId, siteId, day, queries, bytes } of totals) {
      const entry = this.#entry(integratorId, siteId, day);
      entry.stored = { queries, bytes };
      entry.askedAt = this.#clock.now();
      entry.flushes += 1;
      entry.flushing = NOTHING;
    }
    for (const [key, entry] of this.#entries) {
      const isOver = entry.day !== today || this.#entries.size > MAX_ENTRIES;
      if (isOver && isNothing(sum(entry.pending, entry.flushing))) this.#entries.delete(key);
    }
  }

  notFlushed(): void {
    for (const entry of this.#entries.values()) {
      entry.pending = sum(entry.pending, entry.flushing);
      entry.flushing = NOTHING;
    }
  }

  #entry(integratorId: string, siteId: string, day: string): Entry {
    const key = `${integratorId} ${day} ${siteId}`;
    let entry = this.#entries.get(key);
    if (!entry) {
      const unknown = { stored: undefined, askedAt: 0, flushes: 0, loading: undefined };
      entry = { integratorId, siteId, day, ...unknown, pending: NOTHING, flushing: NOTHING };
      this.#entries.set(key, entry);
    }
    return entry;
  }

  async #load(entry: Entry): Promise<void> {
    const { integratorId, siteId, day, flushes } = entry;
    entry.askedAt = this.#clock.now();
    const isFlushing = !isNothing(entry.flushing);
    try {
      const range = { integratorId, siteId, fromDay: day, toDay: day };
      const [row] = await readUsage(this.#database, range);
      const isCurrent = !isFlushing && flushes === entry.flushes && isNothing(entry.flushing);
      if (isCurrent || !entry.stored) entry.stored = row ?? NOTHING;
    } finally {
      entry.loading = undefined;
    }
  }
}
