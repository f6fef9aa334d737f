import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { single } from '../../../../test/support/tds-peer/answers.ts';
import { kinds } from '../../../../test/support/tds-peer/column-kinds.ts';
import {
  type PeerBed,
  run,
  startPeerBed,
  text,
} from '../../../../test/support/tds-peer/peer-bed.ts';
import type { SentParameter } from '../../../../test/support/tds-peer/requests.ts';
import { PARAMETER_TYPE_NAMES, type ParameterTypeName } from '../../../protocol/command.ts';
import { readValue } from '../../../protocol/value-grammar.ts';
import type { Value } from '../../../protocol/values.ts';
import type { Connection, SqlParameter } from '../../driver.ts';

let bed: PeerBed;
let connection: Connection;

beforeAll(async () => {
  bed = await startPeerBed({ handler: () => [single(kinds.int, 1)] });
  connection = await bed.connect();
});
afterAll(async () => {
  await connection[Symbol.asyncDispose]();
  await bed[Symbol.asyncDispose]();
});

interface Asked {
  readonly size?: number;
  readonly direction?: SqlParameter['direction'];
  readonly type?: 'text' | 'storedProcedure';
}

/** What the server got, and how the parameter was declared. */
async function sent(typeName: string, value: Value, asked: Asked = {}) {
  const { size, direction = 'input', type = 'text' } = asked;
  const parameter = { name: '@p', direction, typeName, value, ...(size && { size }) };
  await run(connection, { text: 'q', type, parameters: [parameter] });
  const request = bed.peer.seen.requests.at(-1);
  const [first] = request?.parameters ?? [];
  const declaration = request?.kind === 'statement' ? request.declarations.slice(3) : undefined;
  return { ...(first as SentParameter), declaration };
}

/** Reads the text as the grammar does: the value that drivers get. */
function grammar(typeName: ParameterTypeName, written: string): Value {
  const outcome = readValue(typeName, written);
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome.value;
}

const hex = Buffer.from('00ff10', 'hex');

describe('a parameter', () => {
  it.each<[ParameterTypeName, string, type: string, value: unknown]>([
    ['BigInt', '-9223372036854775808', 'bigint', -(2n ** 63n)],
    ['BigInt', '9007199254740993', 'bigint', 9_007_199_254_740_993n],
    ['Int', '-2147483648', 'int', -2_147_483_648],
    ['SmallInt', '32767', 'smallint', 32_767],
    ['TinyInt', '255', 'tinyint', 255],
    ['Bit', 'true', 'bit', true],
    ['Bit', '0', 'bit', false],
    ['Float', '0.1', 'float', 0.1],
    ['Real', '0.5', 'real', 0.5],
    ['Money', '922337203685477.5807', 'money', '922337203685477.5807'],
    ['Money', '-922337203685477.5808', 'money', '-922337203685477.5808'],
    ['Money', '1.5', 'money', '1.5000'],
    ['SmallMoney', '-214748.3648', 'smallmoney', '-214748.3648'],
    ['Decimal', '12345678901234.5678', 'decimal(29, 4)', '12345678901234.5678'],
    ['Decimal', `-${'9'.repeat(38)}`, 'decimal(38, 0)', `-${'9'.repeat(38)}`],
    ['Decimal', `0.${'1'.repeat(38)}`, 'decimal(38, 38)', `0.${'1'.repeat(38)}`],
    ['Decimal', '12.50', 'decimal(29, 2)', '12.50'],
    ['Date', '0001-01-01', 'date', '0001-01-01'],
    ['Date', '9999-12-31', 'date', '9999-12-31'],
    ['Time', '23:59:59.9999999', 'time(7)', '23:59:59.9999999'],
    ['DateTime2', '0099-02-28T01:02:03.0000001', 'datetime2(7)', '0099-02-28T01:02:03.0000001'],
    ['DateTime', '2024-01-31T09:30:00.003', 'datetime', '2024-01-31T09:30:00+1/300'],
    ['DateTime', '2024-01-31T09:30:00.0049', 'datetime', '2024-01-31T09:30:00+1/300'],
    ['DateTime', '2024-12-31T23:59:59.999', 'datetime', '2025-01-01T00:00:00+0/300'],
    ['DateTime', '1753-01-01', 'datetime', '1753-01-01T00:00:00+0/300'],
    ['SmallDateTime', '2024-01-31T09:29:29.998', 'smalldatetime', '2024-01-31T09:29:00.0000000'],
    ['SmallDateTime', '2024-01-31T09:29:29.999', 'smalldatetime', '2024-01-31T09:30:00.0000000'],
    ['SmallDateTime', '2024-02-29T23:59:30', 'smalldatetime', '2024-03-01T00:00:00.0000000'],
    [
      'DateTimeOffset',
      '2024-01-31T09:30:00.0000001+10:30',
      'datetimeoffset(7)',
      '2024-01-30T23:00:00.0000001Z offset 630',
    ],
    [
      'DateTimeOffset',
      '2023-12-31T20:00:00-14:00',
      'datetimeoffset(7)',
      '2024-01-01T10:00:00.0000000Z offset -840',
    ],
    [
      'UniqueIdentifier',
      '{6F9619FF-8B86-D011-B42D-00C04FC964FF}',
      'uniqueidentifier',
      '6f9619ff-8b86-d011-b42d-00c04fc964ff',
    ],
    ['Char', 'ab', 'char(2)', 'ab'],
    ['Char', 'é', 'nchar(1)', 'é'],
    ['VarChar', 'ab', 'varchar(8000)', 'ab'],
    ['VarChar', 'né', 'nvarchar(4000)', 'né'],
    ['NChar', '日', 'nchar(1)', '日'],
    ['NVarChar', 'a😀', 'nvarchar(4000)', 'a😀'],
    ['String', 'ab', 'nvarchar(4000)', 'ab'],
    ['Text', 'ab', 'varchar(max)', 'ab'],
    ['NText', '日', 'nvarchar(max)', '日'],
    ['Xml', '<a>日</a>', 'xml', '<a>日</a>'],
    ['Variant', '日', 'sql_variant', '日'],
    ['Binary', 'AP8Q', 'binary(3)', hex],
    ['VarBinary', 'AP8Q', 'varbinary(8000)', hex],
    ['Image', 'AP8Q', 'varbinary(max)', hex],
    ['Timestamp', 'AAAAAAAAB9E=', 'binary(8)', Buffer.from('00000000000007d1', 'hex')],
  ])('%s %s arrives as %s', async (typeName, written, type, value) => {
    const parameter = await sent(typeName, grammar(typeName, written));
    expect(parameter).toEqual({ name: '@p', isOutput: false, type, value, declaration: type });
  });

  const supported = PARAMETER_TYPE_NAMES.filter((name) => !['Structured', 'Udt'].includes(name));

  it.each(supported)('%s is NULL where it is null, in and out', async (typeName) => {
    expect((await sent(typeName, null)).value).toBe(null);
    const asked = { direction: 'output', type: 'storedProcedure' } as const;
    expect(await sent(typeName, null, asked)).toMatchObject({ isOutput: true, value: null });
  });

  it.each([
    ['VarBinary', Buffer.alloc(8_000, 1), 'varbinary(8000)'],
    ['VarBinary', Buffer.alloc(8_001, 1), 'varbinary(max)'],
    ['Binary', Buffer.alloc(8_001, 1), 'varbinary(max)'],
    ['VarBinary', Buffer.alloc(1_000_000, 1), 'varbinary(max)'],
    ['NVarChar', '日'.repeat(4_000), 'nvarchar(4000)'],
    ['NVarChar', '日'.repeat(4_001), 'nvarchar(max)'],
    ['NChar', '日'.repeat(4_001), 'nvarchar(max)'],
    ['VarChar', 'x'.repeat(8_001), 'varchar(max)'],
    ['VarChar', 'é'.repeat(4_001), 'nvarchar(max)'],
    ['NVarChar', '', 'nvarchar(4000)'],
    ['VarBinary', Buffer.alloc(0), 'varbinary(8000)'],
  ])('%s of any length is sent whole', async (typeName, value, type) => {
    const parameter = await sent(typeName, value);
    expect(parameter.type).toBe(type);
    expect(parameter.value).toEqual(value);
  });

  it.each<[string, Value, Asked, string]>([
    ['NVarChar', 'ab', { size: 50 }, 'nvarchar(50)'],
    ['NVarChar', 'abc', { size: 2 }, 'nvarchar(3)'],
    ['NVarChar', 'ab', { size: -1 }, 'nvarchar(max)'],
    ['NVarChar', null, { size: 100, direction: 'output' }, 'nvarchar(100)'],
    ['NVarChar', null, { direction: 'output' }, 'nvarchar(max)'],
    ['VarChar', null, { direction: 'output' }, 'varchar(max)'],
    ['VarBinary', null, { size: 9_000, direction: 'output' }, 'varbinary(max)'],
    ['Char', 'ab', { size: 10, direction: 'inputOutput' }, 'char(10)'],
    ['Decimal', null, { direction: 'output' }, 'decimal(38, 10)'],
    ['Decimal', '1.123456789012', { direction: 'inputOutput' }, 'decimal(38, 12)'],
    ['Decimal', '9'.repeat(35), { direction: 'inputOutput' }, 'decimal(38, 3)'],
    ['Decimal', '1.5', { direction: 'inputOutput', type: 'storedProcedure' }, 'varchar(41)'],
    ['Decimal', '1.5', { type: 'storedProcedure' }, 'decimal(29, 1)'],
  ])('%s %s asked for as %o is declared %s', async (typeName, value, asked, type) => {
    const parameter = await sent(typeName, value, asked);
    expect(parameter.type).toBe(type);
    expect(parameter.isOutput).toBe(asked.direction !== undefined);
    const declaration = parameter.isOutput ? `${type} OUTPUT` : type;
    // A procedure's parameters are declared by the procedure.
    expect(parameter.declaration).toBe(asked.type === undefined ? declaration : undefined);
  });

  it('of the direction output sends no value, whatever the caller put there', async () => {
    expect((await sent('Int', 5, { direction: 'output' })).value).toBe(null);
    expect((await sent('Int', 5, { direction: 'inputOutput' })).value).toBe(5);
  });

  it('of the direction returnValue is not sent', async () => {
    await run(
      connection,
      text('q', [{ name: '@r', direction: 'returnValue', typeName: 'Int', value: null }]),
    );
    expect(bed.peer.seen.requests.at(-1)).toMatchObject({ kind: 'statement', parameters: [] });
  });
});

type Property = [typeName: ParameterTypeName, values: fc.Arbitrary<Value>];

const anyText = fc.string({ unit: 'binary', maxLength: 5_000 });

const anyDecimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }), fc.nat(38))
  .map(([units, scale]) => {
    const all = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
    const point = all.length - scale;
    const sign = units < 0n ? '-' : '';
    return scale === 0 ? `${sign}${all}` : `${sign}${all.slice(0, point)}.${all.slice(point)}`;
  });

const anyMoment = fc
  .tuple(
    fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T00:00:00Z'),
      noInvalidDate: true,
    }),
    fc.nat(9_999),
  )
  .map(([date, rest]) => `${date.toISOString().slice(0, 23)}${String(rest).padStart(4, '0')}`);

describe('any value', () => {
  it.each<Property>([
    ['NVarChar', anyText],
    ['VarChar', anyText],
    ['NText', anyText],
    ['Xml', anyText],
    ['VarBinary', fc.uint8Array({ maxLength: 9_000 }).map((bytes) => Buffer.from(bytes))],
    ['UniqueIdentifier', fc.uuid()],
    ['Decimal', anyDecimal],
    ['DateTime2', anyMoment],
  ])('of %s arrives unchanged', async (typeName, values) => {
    const arrives = fc.asyncProperty(values, async (value) => {
      expect((await sent(typeName, value)).value).toEqual(value);
    });
    await expect(fc.assert(arrives, { numRuns: 40 })).resolves.toBeUndefined();
  });
});
