import { localTimeText } from '../values/local-time.ts';
import type { LocalRange, SiteZone } from '../values/site-zone.ts';

const FIRST_MS = Date.parse('0001-01-01T00:00:00Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');
const DAY_MS = 86_400_000;

const isInCalendar = (ms: number): boolean => ms >= FIRST_MS && ms <= LAST_MS;

/** A moment with which stored dates are compared. Local times are milliseconds as if they were UTC. */
export class DateBound {
  readonly #zone: SiteZone;
  /** Left out when the caller gave a local time. */
  readonly #instantMs: number | undefined;
  readonly #localMs: number | undefined;

  private constructor(
    zone: SiteZone,
    { instantMs, localMs }: { instantMs?: number; localMs?: number },
  ) {
    this.#zone = zone;
    this.#instantMs = instantMs;
    this.#localMs = localMs;
  }

  /** The first moment of the calendar. */
  static first(zone: SiteZone): DateBound {
    return new DateBound(zone, { localMs: FIRST_MS });
  }

  /** A local time; undefined outside the years 1 to 9999. */
  static ofLocal(zone: SiteZone, localMs: number): DateBound | undefined {
    return isInCalendar(localMs) ? new DateBound(zone, { localMs }) : undefined;
  }

  /** An instant; undefined outside the years 1 to 9999, less a day for the offset. */
  static ofInstant(zone: SiteZone, instantMs: number): DateBound | undefined {
    const isInside = isInCalendar(instantMs - DAY_MS) && isInCalendar(instantMs + DAY_MS);
    return isInside ? new DateBound(zone, { instantMs }) : undefined;
  }

  /** Milliseconds since 1970. */
  get instantMs(): number {
    return this.#instantMs ?? this.#zone.instantOf(this.#localMs ?? FIRST_MS);
  }

  /** The local times that mean this moment or a later one. */
  get localsFrom(): readonly LocalRange[] {
    if (this.#localMs !== undefined) return [{ fromMs: this.#localMs }];
    return this.#zone.localRanges({ fromMs: this.instantMs });
  }

  /** The local times that mean an earlier moment. */
  get localsBefore(): readonly LocalRange[] {
    if (this.#localMs !== undefined) return [{ toMs: this.#localMs }];
    return this.#zone.localRanges({ toMs: this.instantMs });
  }

  /** The local day on or before it: `2024-01-31`. */
  get day(): string {
    return localTimeText(this.#firstLocalMs).slice(0, 10);
  }

  /** The local day on or after it; undefined after the last one. */
  get nextDay(): string | undefined {
    const day = Math.ceil(this.#firstLocalMs / DAY_MS) * DAY_MS;
    return isInCalendar(day) ? localTimeText(day).slice(0, 10) : undefined;
  }

  /** Whether a local day begins with it. */
  get isMidnight(): boolean {
    return this.#firstLocalMs % DAY_MS === 0;
  }

  /** As an instant: `2024-01-30T23:30:00+00:00`. */
  get universal(): string {
    return `${localTimeText(this.instantMs)}+00:00`;
  }

  get #firstLocalMs(): number {
    return this.#localMs ?? this.localsFrom.at(-1)?.fromMs ?? this.instantMs;
  }
}
