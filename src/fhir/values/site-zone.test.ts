import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { localTimeText, withOffset } from './local-time.ts';
import { siteZone } from './site-zone.ts';

const ZONES = [
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Europe/Dublin',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'Australia/Brisbane',
  'UTC',
];
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const FIRST_MS = Date.UTC(1920, 0, 1);
const LAST_MS = Date.UTC(2080, 0, 1);

/** Instants at which the clocks of a zone were or will be moved. */
function changes(zone: string): number[] {
  const found: number[] = [];
  let time: Temporal.ZonedDateTime | null =
    Temporal.Instant.fromEpochMilliseconds(FIRST_MS).toZonedDateTimeISO(zone);
  while ((time = time.getTimeZoneTransition('next')) && time.epochMilliseconds < LAST_MS) {
    found.push(time.epochMilliseconds);
  }
  return found;
}

const zoneAndChanges = new Map(ZONES.map((zone) => [zone, changes(zone)]));

/** A zone and a time in minutes, half of them within two days of a change of its clocks. */
const zoneAndTime = fc.constantFrom(...ZONES).chain((zone) => {
  const moments = zoneAndChanges.get(zone) as number[];
  const anywhere = fc.integer({ min: FIRST_MS / MINUTE_MS, max: LAST_MS / MINUTE_MS });
  const near = fc
    .tuple(
      fc.constantFrom(...(moments.length > 0 ? moments : [0])),
      fc.integer({ min: -2880, max: 2880 }),
    )
    .map(([change, minutes]) => Math.round(change / MINUTE_MS) + minutes);
  return fc.tuple(
    fc.constant(zone),
    fc.oneof(anywhere, near).map((minutes) => minutes * MINUTE_MS),
  );
});

describe('a local time as an instant', () => {
  it('is what Temporal makes of it: the first of two, and as much later where the clocks skip', () => {
    fc.assert(
      fc.property(zoneAndTime, ([name, localMs]) => {
        const expected = Temporal.PlainDateTime.from(localTimeText(localMs)).toZonedDateTime(name, {
          disambiguation: 'compatible',
        });
        const zone = siteZone(name);
        expect(zone.instantOf(localMs)).toBe(expected.epochMilliseconds);
        expect(zone.offsetAt(expected.epochMilliseconds)).toBe(expected.offsetNanoseconds / 60e9);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['2026-01-15T10:30:00', 'Australia/Sydney', '2026-01-15T10:30:00+11:00'],
    ['2026-07-15T10:30:00.5', 'Australia/Sydney', '2026-07-15T10:30:00.5+10:00'],
    // 2:00 to 3:00 occurs twice on 5 April 2026, and never on 4 October.
    ['2026-04-05T02:30:00', 'Australia/Sydney', '2026-04-05T02:30:00+11:00'],
    ['2026-10-04T02:30:00', 'Australia/Sydney', '2026-10-04T03:30:00+11:00'],
    ['2026-10-04T02:15:00.1234567', 'Australia/Lord_Howe', '2026-10-04T02:45:00.1234567+11:00'],
    ['1968-12-01T00:00:00', 'Europe/Dublin', '1968-12-01T00:00:00+01:00'],
    ['2018-11-04T00:30:00', 'America/Sao_Paulo', '2018-11-04T01:30:00-02:00'],
    ['0001-01-01T00:00:00', 'Australia/Sydney', '0001-01-01T00:00:00+10:05'],
    ['1753-01-01T00:00:00', 'UTC', '1753-01-01T00:00:00+00:00'],
    ['9999-12-31T23:59:59.9999999', 'Australia/Sydney', '9999-12-31T23:59:59.9999999+11:00'],
  ])('%s in %s is %s', (local, zone, expected) => {
    expect(withOffset(local, siteZone(zone))).toBe(expected);
  });

  it.each(['2026-02-30T10:00:00', '2026-01-15T24:00:00', '0000-01-01T00:00:00', 'today', ''])(
    '%j is no local time',
    (text) => {
      expect(withOffset(text, siteZone('UTC'))).toBeUndefined();
    },
  );
});

describe('the local times between two instants', () => {
  const bound = fc.option(fc.integer({ min: -4000, max: 4000 }), { nil: undefined });

  it('are exactly those whose instants are between them', () => {
    fc.assert(
      fc.property(
        zoneAndTime,
        bound,
        bound,
        fc.integer({ min: -4000, max: 4000 }),
        ([name, baseMs], from, to, at) => {
          const zone = siteZone(name);
          const instant = (minutes: number | undefined) =>
            minutes === undefined ? undefined : baseMs + minutes * MINUTE_MS;
          const [fromMs, toMs] = [instant(from), instant(to)];
          const localMs = baseMs + at * MINUTE_MS;
          const instantMs = zone.instantOf(localMs);
          const isBetween = instantMs >= (fromMs ?? -Infinity) && instantMs < (toMs ?? Infinity);
          const isFound = zone
            .localRanges({ fromMs, toMs })
            .some(
              (range) =>
                localMs >= (range.fromMs ?? -Infinity) && localMs < (range.toMs ?? Infinity),
            );
          expect(isFound).toBe(isBetween);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('are one range on all but few days', () => {
    fc.assert(
      fc.property(zoneAndTime, fc.integer({ min: 1, max: 100_000 }), ([name, fromMs], minutes) => {
        const ranges = siteZone(name).localRanges({ fromMs, toMs: fromMs + minutes * MINUTE_MS });
        expect(ranges.length).toBeLessThanOrEqual(3);
        const ends = ranges.flatMap((range) => [range.fromMs ?? -Infinity, range.toMs ?? Infinity]);
        expect(ends).toEqual(ends.toSorted((one, other) => one - other));
      }),
    );
    const sydney = siteZone('Australia/Sydney');
    const day = Date.UTC(2026, 5, 1);
    expect(sydney.localRanges({ fromMs: day, toMs: day + HOUR_MS })).toEqual([
      { fromMs: day + 10 * HOUR_MS, toMs: day + 11 * HOUR_MS },
    ]);
    expect(sydney.localRanges({})).toEqual([{}]);
  });

  it('begin at the first that is not earlier, where an instant has no local time of its own', () => {
    // 02:30 for the second time: all that is stored as 02:30 is the first.
    const fromMs = Date.parse('2026-04-05T02:30:00+10:00');
    expect(siteZone('Australia/Sydney').localRanges({ fromMs })).toEqual([
      { fromMs: Date.UTC(2026, 3, 5, 3) },
    ]);
  });
});

it('refuses a zone that is none, and remembers one that is', () => {
  expect(() => siteZone('Australia/Wagga')).toThrow(RangeError);
  expect(siteZone('Australia/Perth')).toBe(siteZone('Australia/Perth'));
});
