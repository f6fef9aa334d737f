import { Temporal } from 'temporal-polyfill';

/** A span of local times `[from, to)`, in milliseconds as if they were UTC. Left out: without an end. */
export interface LocalRange {
  readonly fromMs?: number;
  readonly toMs?: number;
}

/**
 * The local times of a practice. Local times are what its database stores: no zone, no offset. Here they are
 * milliseconds since 1970 as if they were UTC; instants are milliseconds since 1970 in UTC.
 *
 * A local time that occurs twice, when clocks go back, is the first one. One that never is, when clocks go forward,
 * is as much later as the clocks were moved: 02:30 becomes 03:30. Offsets are in whole minutes, as FHIR writes them;
 * local mean times of the nineteenth century are rounded.
 */
export interface SiteZone {
  readonly name: string;
  /** The instant that a local time means. */
  instantOf(localMs: number): number;
  /** Minutes east of UTC at an instant. */
  offsetAt(instantMs: number): number;
  /**
   * Exactly the local times whose instants are at or after one and before another: mostly one range, two where a
   * bound falls into the hour that clocks skip. In their order.
   */
  localRanges(bounds: {
    readonly fromMs?: number | undefined;
    readonly toMs?: number | undefined;
  }): readonly LocalRange[];
}

/** Local times from `startLocalMs` on, up to the next piece's, have this offset. */
interface Piece {
  readonly startLocalMs: number;
  readonly startMs: number;
  readonly offset: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Further than any change of offset reaches: Samoa and Kiribati skipped a whole day. */
const MARGIN_MS = 4 * DAY_MS;
const WINDOW_MS = 2 * DAY_MS;
const LAST_YEAR = 9999;

const offsetOf = (time: Temporal.ZonedDateTime) => Math.round(time.offsetNanoseconds / 60e9);

function yearStart(year: number): number {
  return new Date(0).setUTCFullYear(year, 0, 1);
}

/** The pieces that cover a year and some days on both sides. */
function piecesOf(zone: string, year: number): readonly Piece[] {
  const endMs = yearStart(year + 1) + MARGIN_MS;
  let time: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(
    yearStart(year) - MARGIN_MS,
  ).toZonedDateTimeISO(zone);
  let offset = offsetOf(time);
  const pieces: Piece[] = [{ startLocalMs: -Infinity, startMs: -Infinity, offset }];
  while ((time = time.getTimeZoneTransition('next')) !== null) {
    const startMs = time.epochMilliseconds;
    if (startMs > endMs) break;
    const next = offsetOf(time);
    if (next === offset) continue;
    // Back: the hour that occurs twice belongs to the old offset. Forward: so does the hour that never is.
    const startLocalMs = startMs + Math.max(offset, next) * MINUTE_MS;
    pieces.push({ startLocalMs, startMs, offset: next });
    offset = next;
  }
  return pieces;
}

class CachedZone implements SiteZone {
  readonly name: string;
  readonly #years = new Map<number, readonly Piece[]>();

  constructor(name: string) {
    this.name = name;
  }

  #pieces(ms: number): readonly Piece[] {
    const year = Math.min(new Date(ms).getUTCFullYear(), LAST_YEAR);
    const known = this.#years.get(year);
    if (known) return known;
    const pieces = piecesOf(this.name, year);
    this.#years.set(year, pieces);
    return pieces;
  }

  instantOf(localMs: number): number {
    const pieces = this.#pieces(localMs);
    let index = pieces.length - 1;
    while (index > 0 && (pieces[index] as Piece).startLocalMs > localMs) index -= 1;
    return localMs - (pieces[index] as Piece).offset * MINUTE_MS;
  }

  offsetAt(instantMs: number): number {
    const pieces = this.#pieces(instantMs);
    let index = pieces.length - 1;
    while (index > 0 && (pieces[index] as Piece).startMs > instantMs) index -= 1;
    return (pieces[index] as Piece).offset;
  }

  localRanges(bounds: { fromMs?: number | undefined; toMs?: number | undefined }): LocalRange[] {
    const { fromMs, toMs } = bounds;
    const after = fromMs === undefined ? [{}] : this.#atOrAfter(fromMs);
    if (toMs === undefined) return after;
    return intersection(after, complement(this.#atOrAfter(toMs)));
  }

  /** The local times whose instant is at or after one. */
  #atOrAfter(instantMs: number): LocalRange[] {
    const pieces = this.#pieces(instantMs);
    const ranges: { fromMs: number; toMs?: number }[] = [];
    for (const [index, piece] of pieces.entries()) {
      const next = pieces[index + 1]?.startLocalMs ?? Infinity;
      const fromMs = Math.max(piece.startLocalMs, instantMs + piece.offset * MINUTE_MS);
      if (fromMs >= next || next < instantMs - WINDOW_MS) continue;
      const last = ranges.at(-1);
      if (last?.toMs === fromMs) ranges.pop();
      const start = last?.toMs === fromMs ? last.fromMs : fromMs;
      ranges.push(next === Infinity ? { fromMs: start } : { fromMs: start, toMs: next });
    }
    return ranges;
  }
}

function complement(ranges: readonly LocalRange[]): LocalRange[] {
  const gaps: LocalRange[] = [];
  let start: number | undefined;
  for (const { fromMs, toMs } of ranges) {
    if (fromMs !== undefined) {
      gaps.push(start === undefined ? { toMs: fromMs } : { fromMs: start, toMs: fromMs });
    }
    if (toMs === undefined) return gaps;
    start = toMs;
  }
  gaps.push(start === undefined ? {} : { fromMs: start });
  return gaps;
}

function intersection(ones: readonly LocalRange[], others: readonly LocalRange[]): LocalRange[] {
  const both: LocalRange[] = [];
  for (const one of ones) {
    for (const other of others) {
      const fromMs = Math.max(one.fromMs ?? -Infinity, other.fromMs ?? -Infinity);
      const toMs = Math.min(one.toMs ?? Infinity, other.toMs ?? Infinity);
      if (fromMs >= toMs) continue;
      both.push({
        ...(fromMs === -Infinity ? {} : { fromMs }),
        ...(toMs === Infinity ? {} : { toMs }),
      });
    }
  }
  return both.toSorted((one, other) => (one.fromMs ?? -Infinity) - (other.fromMs ?? -Infinity));
}

const zones = new Map<string, SiteZone>();

/**
 * The zone of an IANA name; the same object each time, since it remembers what it has found out.
 *
 * @throws RangeError when there is no such zone
 */
export function siteZone(name: string): SiteZone {
  const known = zones.get(name);
  if (known) return known;
  Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
  const zone = new CachedZone(name);
  zones.set(name, zone);
  return zone;
}
