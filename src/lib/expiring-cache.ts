import type { Clock } from './clock.ts';

/** A cache of look-ups whose answers are believed for a short time only. */
export interface ExpiringCache<Value> {
  /** The value of a key, loaded when it is missing or too old. Concurrent callers share one load. */
  get(key: string): Promise<Value>;
  /** Forgets a key at once, together with a load of it that is under way. */
  delete(key: string): void;
  /** Forgets everything. */
  clear(): void;
}

/** How {@link createExpiringCache} loads and forgets. */
export interface ExpiringCacheOptions<Value> {
  readonly load: (key: string) => Promise<Value>;
  /** Age, counted from the start of the load, from which a value is loaded anew. */
  readonly maxAgeMs: number;
  /** Entries kept; the one loaded longest ago goes first. Default 10,000. */
  readonly maxEntries?: number;
  readonly clock: Clock;
}

interface Entry<Value> {
  readonly loadedAt: number;
  readonly value: Promise<Value>;
}

/** Makes an {@link ExpiringCache}. A failed load is never kept. */
export function createExpiringCache<Value>(
  options: ExpiringCacheOptions<Value>,
): ExpiringCache<Value> {
  const { load, maxAgeMs, maxEntries = 10_000, clock } = options;
  const entries = new Map<string, Entry<Value>>();

  const loadAnew = (key: string, now: number): Promise<Value> => {
    const entry: Entry<Value> = { loadedAt: now, value: load(key) };
    entries.delete(key);
    entries.set(key, entry);
    entry.value.catch(() => {
      if (entries.get(key) === entry) entries.delete(key);
    });
    if (entries.size > maxEntries) {
      const oldest = entries.keys().next();
      if (!oldest.done) entries.delete(oldest.value);
    }
    return entry.value;
  };

  return {
    get(key) {
      const now = clock.now();
      const entry = entries.get(key);
      // A wall clock set back makes the age negative: such an entry is not believed either.
      const age = entry ? now - entry.loadedAt : -1;
      return entry && age >= 0 && age < maxAgeMs ? entry.value : loadAnew(key, now);
    },
    delete: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  };
}
