import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resultSet } from '../../../../test/support/tds-peer/answers.ts';
import { type ColumnKind, kinds } from '../../../../test/support/tds-peer/column-kinds.ts';
import {
  type PeerBed,
  run,
  startPeerBed,
  text,
} from '../../../../test/support/tds-peer/peer-bed.ts';
import type { Value } from '../../../protocol/values.ts';
import type { Connection } from '../../driver.ts';

let answer: Buffer;
let bed: PeerBed;
let connection: Connection;

beforeAll(async () => {
  bed = await startPeerBed({ handler: () => [answer] });
  connection = await bed.connect();
});
afterAll(async () => {
  await connection[Symbol.asyncDispose]();
  await bed[Symbol.asyncDispose]();
});

const plain = (value: Value | undefined) =>
  value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;

const int = (min: number, max: number) => fc.integer({ min, max });
const digits = (count: number) => fc.stringMatching(new RegExp(`^[0-9]{${count}}$`));
const two = (value: number): string => String(value).padStart(2, '0');

const decimalOf = (precision: number, scale: number) =>
  fc.tuple(fc.boolean(), digits(precision)).map(([isNegative, all]) => {
    const whole = all.slice(0, precision - scale).replace(/^0+(?=.)/, '') || '0';
    const value = scale > 0 ? `${whole}.${all.slice(precision - scale)}` : whole;
    return isNegative && /[1-9]/.test(value) ? `-${value}` : value;
  });

const dateText = (firstYear: number, lastYear: number) =>
  fc
    .date({
      min: new Date(`${String(firstYear).padStart(4, '0')}-01-01T00:00:00Z`),
      max: new Date(`${lastYear}-12-31T00:00:00Z`),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString().slice(0, 10));

const clockText = fc
  .tuple(int(0, 23), int(0, 59), int(0, 59))
  .map((parts) => parts.map(two).join(':'));

const timeText = (scale: number) =>
  scale === 0
    ? clockText
    : fc.tuple(clockText, digits(scale)).map(([clock, fraction]) => `${clock}.${fraction}`);

/** Without the zeros at the end of its fraction. */
const trimmed = (moment: string): string =>
  moment.includes('.') ? moment.replace(/\.?0+$/, '') : moment;

const offsetText = int(-840, 840).map(
  (minutes) =>
    `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`,
);

/** Sends values of a type and compares what is read with what is expected of each. */
async function roundTrip<T>(
  kind: ColumnKind,
  values: readonly T[],
  expected: (value: T) => Value,
): Promise<void> {
  answer = resultSet(
    [{ name: 'v', kind }],
    values.map((value) => [value]),
  );
  const { sets } = await run(connection, text('SELECT v'));
  expect(sets[0]?.rows.map(([value]) => plain(value))).toEqual(
    values.map((value) => plain(expected(value))),
  );
}

type Property = [name: string, holds: () => Promise<void>];

function property<T>(
  name: string,
  kind: ColumnKind,
  values: fc.Arbitrary<T>,
  expected: (value: T) => Value = (value) => value as Value,
  numRuns = 20,
): Property {
  const lists = fc.array(values, { minLength: 1, maxLength: 50 });
  const holds = fc.asyncProperty(lists, (list) => roundTrip(kind, list, expected));
  return [name, async () => fc.assert(holds, { numRuns })];
}

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

const moneyText = int64.map((units) => {
  const all = (units < 0n ? -units : units).toString().padStart(5, '0');
  return `${units < 0n ? '-' : ''}${all.slice(0, -4)}.${all.slice(-4)}`;
});

function shortestReal(value: number): number {
  const candidates = Array.from({ length: 9 }, (_, index) => Number(value.toPrecision(index + 1)));
  return candidates.find((candidate) => Math.fround(candidate) === value) as number;
}

const PRECISIONS: [precision: number, scale: number][] = [
  [1, 0],
  [9, 9],
  [10, 3],
  [18, 4],
  [19, 0],
  [20, 20],
  [28, 14],
  [29, 1],
  [38, 0],
  [38, 10],
  [38, 38],
];

function momentProperties(scale: number): Property[] {
  const moment = fc
    .tuple(dateText(1, 9999), timeText(scale))
    .map(([date, time]) => `${date}T${time}`);
  const zoned = fc
    .tuple(dateText(2, 9998), timeText(scale), offsetText)
    .map(([date, time, offset]) => ({ moment: `${date}T${time}`, offset }));
  const zonedKind = kinds.datetimeoffset(scale);
  return [
    property(`time(${scale})`, kinds.time(scale), timeText(scale), trimmed, 5),
    property(`datetime2(${scale})`, kinds.datetime2(scale), moment, trimmed, 5),
    property(
      `datetimeoffset(${scale})`,
      {
        ...zonedKind,
        encode: (value) => zonedKind.encode(Object.values(value as object).join('')),
      },
      zoned,
      (value) => trimmed(value.moment) + value.offset,
      5,
    ),
  ];
}

const tickedMoment = fc.record({
  text: fc.tuple(dateText(1753, 9999), clockText).map(([date, clock]) => `${date}T${clock}`),
  ticks: int(0, 299),
});

describe('any value', () => {
  it.each([
    property('bigint', kinds.intN(8), int64, (value) =>
      Number.isSafeInteger(Number(value)) ? Number(value) : value,
    ),
    ...PRECISIONS.map(([precision, scale]) =>
      property(
        `decimal(${precision}, ${scale})`,
        kinds.decimal(precision, scale),
        decimalOf(precision, scale),
      ),
    ),
    property('money', kinds.moneyN, moneyText),
    property('float', kinds.floatN, fc.double({ noNaN: true, noDefaultInfinity: true })),
    // The shortest digits that give the same real.
    property('real', kinds.realN, fc.float({ noNaN: true, noDefaultInfinity: true }), shortestReal),
    ...[0, 1, 2, 3, 4, 5, 6, 7].flatMap(momentProperties),
    property('date', kinds.date, dateText(1, 9999)),
    property('datetime', kinds.datetimeN, tickedMoment, ({ text: moment, ticks }) => {
      // SQL Server shows 300ths as .000, .003 and .007.
      const ms = Math.floor(ticks / 3) * 10 + ([0, 3, 7][ticks % 3] as number);
      return trimmed(`${moment}.${String(ms).padStart(3, '0')}`);
    }),
    property('nvarchar', kinds.nvarchar(4_000), fc.string({ unit: 'binary', maxLength: 60 })),
    property(
      'nvarchar(max)',
      kinds.nvarcharMax,
      fc.string({ unit: 'binary', maxLength: 6_000 }),
      undefined,
      5,
    ),
    property(
      'varbinary(max)',
      kinds.varbinaryMax,
      fc.uint8Array({ maxLength: 12_000 }),
      undefined,
      5,
    ),
    property('uniqueidentifier', kinds.guid, fc.uuid()),
  ])('of %s is read as stored', async (_name, holds) => {
    await expect(holds()).resolves.toBeUndefined();
  });
});
