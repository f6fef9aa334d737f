import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { procedureEnd, resultSet } from '../../../../test/support/tds-peer/answers.ts';
import {
  type ColumnKind,
  kinds,
  LATIN1,
  UTF8,
  variants,
} from '../../../../test/support/tds-peer/column-kinds.ts';
import {
  type PeerBed,
  run,
  startPeerBed,
  text,
} from '../../../../test/support/tds-peer/peer-bed.ts';
import type { PeerColumn } from '../../../../test/support/tds-peer/tokens.ts';
import type { Value } from '../../../protocol/values.ts';
import type { ColumnType } from '../../columns.ts';
import type { Connection } from '../../driver.ts';
import { compileRowEncoder } from '../../row-encoder.ts';

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

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const cyrillic = Buffer.from([0x19, 0x04, 0xd0, 0x00, 0x00]);
const unknownPage = Buffer.from([0xff, 0x7f, 0xd0, 0x00, 0x00]);

/** Type, what the server sends, what comes out where that differs, and the column's type. */
const TABLE: [name: string, ColumnKind, sent: unknown, read: Value, ColumnType][] = [
  ['tinyint', kinds.tinyint, 255, 255, 'integer'],
  ['smallint', kinds.smallint, -32_768, -32_768, 'integer'],
  ['int', kinds.int, -2_147_483_648, -2_147_483_648, 'integer'],
  ['bigint, safe', kinds.bigint, 9_007_199_254_740_991n, 9_007_199_254_740_991, 'integer'],
  ['bigint', kinds.bigint, 9_007_199_254_740_993n, 9_007_199_254_740_993n, 'integer'],
  ['bigint, least', kinds.intN(8), -(2n ** 63n), -(2n ** 63n), 'integer'],
  ['tinyint null', kinds.intN(1), 200, 200, 'integer'],
  ['smallint null', kinds.intN(2), -1, -1, 'integer'],
  ['int null', kinds.intN(4), 2_147_483_647, 2_147_483_647, 'integer'],
  ['bit', kinds.bit, true, true, 'bit'],
  ['bit null', kinds.bitN, false, false, 'bit'],
  ['float', kinds.float, 0.1, 0.1, 'float'],
  ['float, least', kinds.floatN, 5e-324, 5e-324, 'float'],
  ['real', kinds.real, 0.1, 0.1, 'float'],
  ['real, greatest', kinds.realN, 3.402_823_466_385_288_6e38, 3.402_823_5e38, 'float'],
  ['money', kinds.money, '922337203685477.5807', '922337203685477.5807', 'decimal'],
  ['money, least', kinds.moneyN, '-922337203685477.5808', '-922337203685477.5808', 'decimal'],
  ['money, small', kinds.money, '-0.0001', '-0.0001', 'decimal'],
  ['smallmoney', kinds.smallmoney, '-214748.3648', '-214748.3648', 'decimal'],
  ['smallmoney null', kinds.smallmoneyN, '214748.3647', '214748.3647', 'decimal'],
  ['decimal(9,2)', kinds.decimal(9, 2), '-1234567.89', '-1234567.89', 'decimal'],
  [
    'decimal(19,4)',
    kinds.decimal(19, 4),
    '999999999999999.9999',
    '999999999999999.9999',
    'decimal',
  ],
  [
    'decimal, measured',
    kinds.decimal(18, 4),
    '12345678901234.5678',
    '12345678901234.5678',
    'decimal',
  ],
  ['decimal(28,10)', kinds.decimal(28, 10), '-0.0000000001', '-0.0000000001', 'decimal'],
  ['decimal(38,0)', kinds.decimal(38, 0), '9'.repeat(38), '9'.repeat(38), 'decimal'],
  [
    'numeric(38,38)',
    kinds.numeric(38, 38),
    `-0.${'9'.repeat(38)}`,
    `-0.${'9'.repeat(38)}`,
    'decimal',
  ],
  ['decimal, zero', kinds.decimal(5, 2), '0.00', '0.00', 'decimal'],
  ['date, first', kinds.date, '0001-01-01', '0001-01-01', 'date'],
  ['date, last', kinds.date, '9999-12-31', '9999-12-31', 'date'],
  ['time(0)', kinds.time(0), '23:59:59', '23:59:59', 'time'],
  ['time(7)', kinds.time(7), '23:59:59.9999999', '23:59:59.9999999', 'time'],
  ['time(7), trimmed', kinds.time(7), '09:30:00.1200000', '09:30:00.12', 'time'],
  [
    'datetime, first',
    kinds.datetime,
    { text: '1753-01-01T00:00:00', ticks: 0 },
    '1753-01-01T00:00:00',
    'datetime',
  ],
  [
    'datetime .997',
    kinds.datetimeN,
    { text: '9999-12-31T23:59:59', ticks: 299 },
    '9999-12-31T23:59:59.997',
    'datetime',
  ],
  [
    'datetime .003',
    kinds.datetime,
    { text: '2024-03-31T02:30:00', ticks: 1 },
    '2024-03-31T02:30:00.003',
    'datetime',
  ],
  [
    'datetime .01',
    kinds.datetime,
    { text: '2024-10-06T02:15:00', ticks: 3 },
    '2024-10-06T02:15:00.01',
    'datetime',
  ],
  ['smalldatetime', kinds.smalldatetime, '1900-01-01T00:00', '1900-01-01T00:00:00', 'datetime'],
  [
    'smalldatetime null',
    kinds.smalldatetimeN,
    '2079-06-06T23:59',
    '2079-06-06T23:59:00',
    'datetime',
  ],
  [
    'datetime2(7)',
    kinds.datetime2(7),
    '9999-12-31T23:59:59.9999999',
    '9999-12-31T23:59:59.9999999',
    'datetime',
  ],
  ['datetime2(0)', kinds.datetime2(0), '0001-01-01T00:00:00', '0001-01-01T00:00:00', 'datetime'],
  [
    'datetimeoffset(7)',
    kinds.datetimeoffset(7),
    '2024-01-31T09:30:00.0000001+10:30',
    '2024-01-31T09:30:00.0000001+10:30',
    'datetimeoffset',
  ],
  [
    'datetimeoffset, over the year',
    kinds.datetimeoffset(3),
    '2023-12-31T20:00:00.000-14:00',
    '2023-12-31T20:00:00-14:00',
    'datetimeoffset',
  ],
  [
    'uniqueidentifier',
    kinds.guid,
    '6f9619ff-8b86-d011-b42d-00c04fc964ff',
    '6f9619ff-8b86-d011-b42d-00c04fc964ff',
    'guid',
  ],
  ['char, padded', kinds.char(5), 'ab   ', 'ab   ', 'text'],
  ['varchar', kinds.varchar(50), 'café', 'café', 'text'],
  ['varchar of page 1252', kinds.varcharIn(LATIN1), bytes('80819f'), '€\u0081Ÿ', 'text'],
  ['varchar of page 1251', kinds.varcharIn(cyrillic), bytes('cfea'), 'Пк', 'text'],
  ['varchar of UTF-8', kinds.varcharIn(UTF8), Buffer.from('日本 ñ'), '日本 ñ', 'text'],
  [
    'varchar of an unknown page, ASCII',
    kinds.varcharIn(unknownPage),
    Buffer.from('ab'),
    'ab',
    'text',
  ],
  ['nchar', kinds.nchar(4), '日本  ', '日本  ', 'text'],
  ['nvarchar', kinds.nvarchar(50), 'a\u0000😀\ud800', 'a\u0000😀\ud800', 'text'],
  ['varchar(max)', kinds.varcharMax, 'é'.repeat(20_000), 'é'.repeat(20_000), 'text'],
  ['nvarchar(max)', kinds.nvarcharMax, '日'.repeat(50_000), '日'.repeat(50_000), 'text'],
  ['nvarchar(max), empty', kinds.nvarcharMax, '', '', 'text'],
  ['nvarchar(max) of unknown length', kinds.nvarcharMaxOfUnknownLength, 'abc', 'abc', 'text'],
  ['xml', kinds.xml, '<a>é</a>', '<a>é</a>', 'text'],
  ['text', kinds.text, 'naïve', 'naïve', 'text'],
  ['ntext', kinds.ntext, '日本', '日本', 'text'],
  ['image', kinds.image, bytes('00ff'), bytes('00ff'), 'binary'],
  ['binary', kinds.binary(4), bytes('00010203'), bytes('00010203'), 'binary'],
  ['varbinary', kinds.varbinary(10), bytes(''), bytes(''), 'binary'],
  [
    'varbinary(max)',
    kinds.varbinaryMax,
    Buffer.alloc(30_000, 7),
    Buffer.alloc(30_000, 7),
    'binary',
  ],
  ['rowversion', kinds.rowversion, bytes('00000000000007d1'), bytes('00000000000007d1'), 'binary'],
  ['variant int', kinds.variant, variants.int(-5), -5, 'variant'],
  ['variant bigint', kinds.variant, variants.bigint(2n ** 60n), 2n ** 60n, 'variant'],
  ['variant bit', kinds.variant, variants.bit(true), true, 'variant'],
  ['variant float', kinds.variant, variants.float(1.5), 1.5, 'variant'],
  ['variant decimal', kinds.variant, variants.decimal('-1.50', 38, 2), '-1.50', 'variant'],
  ['variant money', kinds.variant, variants.money('1.0000'), '1.0000', 'variant'],
  ['variant date', kinds.variant, variants.date('2024-02-29'), '2024-02-29', 'variant'],
  [
    'variant datetime2',
    kinds.variant,
    variants.datetime2('2024-02-29T01:02:03.0000009', 7),
    '2024-02-29T01:02:03.0000009',
    'variant',
  ],
  [
    'variant datetimeoffset',
    kinds.variant,
    variants.datetimeoffset('2024-02-29T01:02:03.5-03:30', 1),
    '2024-02-29T01:02:03.5-03:30',
    'variant',
  ],
  [
    'variant guid',
    kinds.variant,
    variants.guid('6f9619ff-8b86-d011-b42d-00c04fc964ff'),
    '6f9619ff-8b86-d011-b42d-00c04fc964ff',
    'variant',
  ],
  ['variant varchar', kinds.variant, variants.varchar('é'), 'é', 'variant'],
  ['variant nvarchar', kinds.variant, variants.nvarchar('日'), '日', 'variant'],
  ['variant varbinary', kinds.variant, variants.varbinary(bytes('01')), bytes('01'), 'variant'],
];

const NOT_NULL = new Set<ColumnKind>([
  kinds.tinyint,
  kinds.smallint,
  kinds.int,
  kinds.bigint,
  kinds.bit,
  kinds.real,
  kinds.float,
  kinds.money,
  kinds.smallmoney,
  kinds.datetime,
  kinds.smalldatetime,
]);

/** The value as it stands in the row, or as a plain copy where it is bytes. */
const plain = (value: Value | undefined) =>
  value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;

describe('a value', () => {
  it.each(TABLE)('%s is read as stored', async (_name, kind, sent, read, type) => {
    const columns: PeerColumn[] = [{ name: 'v', kind }];
    answer = resultSet(columns, [[sent]]);
    const { sets } = await run(connection, text('SELECT v'));
    expect(sets[0]?.columns).toEqual([{ name: 'v', type }]);
    expect(plain(sets[0]?.rows[0]?.[0])).toEqual(plain(read));
    // Every canonical value has its JSON form.
    expect(() => compileRowEncoder(sets[0]?.columns ?? []).encode([read])).not.toThrow();
  });

  it.each(TABLE.filter(([, kind]) => !NOT_NULL.has(kind)))(
    '%s is NULL where it is NULL, in a row with a bitmap and in one without',
    async (_name, kind, sent, read) => {
      const columns: PeerColumn[] = [
        { name: 'before', kind: kinds.int },
        { name: 'v', kind },
        { name: 'after', kind: kinds.int },
      ];
      // Nine columns more make the bitmap two bytes long.
      const others = Array.from({ length: 9 }, (_, index) => ({
        name: `c${index}`,
        kind: kinds.intN(4),
      }));
      const withBitmap = resultSet(
        [...others, ...columns],
        [[...others.map(() => null), 1, null, 2]],
      );
      answer = withBitmap;
      const { sets } = await run(connection, text('SELECT v'));
      expect(sets[0]?.rows).toEqual([[...others.map(() => null), 1, null, 2]]);
      answer = procedureEnd([
        { name: '@none', kind, value: null },
        { name: '@some', kind, value: sent },
      ]);
      const { outputs } = await run(connection, text('EXEC p'));
      expect(outputs.map(({ value }) => plain(value))).toEqual([null, plain(read)]);
    },
  );

  it('of a collation that is not known is an error, not a guess', async () => {
    answer = resultSet([{ name: 'v', kind: kinds.varcharIn(unknownPage) }], [[bytes('e9')]]);
    await using other = await bed.connect();
    await expect(run(other, text('SELECT v'))).rejects.toThrow('code page that is not known');
  });
});
