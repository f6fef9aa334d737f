import { canonicalInteger } from '../../../src/protocol/value-grammar.ts';
import type { Value } from '../../../src/protocol/values.ts';
import type { Column } from '../../../src/sql/columns.ts';
import type { ConnectionPool } from '../../../src/sql/connection-pool.ts';
import type {
  Connection,
  OutputParameter,
  SqlCommand,
  SqlParameter,
} from '../../../src/sql/driver.ts';
import { SqlError } from '../../../src/sql/sql-error.ts';
import { failed, procedureEnd } from './answers.ts';
import { carryOutTransaction, heldConnection } from './carry-out-transaction.ts';
import { type ColumnKind, kinds, type VariantValue, variants } from './column-kinds.ts';
import type { RequestContext } from './peer-options.ts';
import type { PeerRequest, SentParameter } from './requests.ts';
import { COMMAND, columnsToken, doneToken, nullBitmapRowToken, type PeerColumn } from './tokens.ts';
import type { WireValue } from './wire-values.ts';

const STATUS = '@peer_status';

/** The contract's names of the types that are sent. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  bigint: 'BigInt',
  int: 'Int',
  smallint: 'SmallInt',
  tinyint: 'TinyInt',
  bit: 'Bit',
  float: 'Float',
  real: 'Real',
  money: 'Money',
  smallmoney: 'SmallMoney',
  decimal: 'Decimal',
  uniqueidentifier: 'UniqueIdentifier',
  date: 'Date',
  time: 'Time',
  datetime: 'DateTime',
  smalldatetime: 'SmallDateTime',
  datetime2: 'DateTime2',
  datetimeoffset: 'DateTimeOffset',
  char: 'Char',
  varchar: 'VarChar',
  nchar: 'NChar',
  nvarchar: 'NVarChar',
  binary: 'Binary',
  varbinary: 'VarBinary',
  xml: 'Xml',
  sql_variant: 'Variant',
};

/** Without the zeros at the end of its fraction. */
function trimmed(moment: string): string {
  return moment.includes('.') ? moment.replace(/\.?0+$/, '') : moment;
}

function localMoment(text: string): string {
  const [, utc = '', fraction = '', offset = '0'] =
    /^(.*)\.(\d+)Z offset (-?\d+)$/.exec(text) ?? [];
  const minutes = Number(offset);
  const local = new Date(Date.parse(`${utc}Z`) + minutes * 60_000).toISOString().slice(0, 19);
  const parts = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const zone = parts.map((part) => String(part).padStart(2, '0')).join(':');
  return `${trimmed(`${local}.${fraction}`)}${minutes < 0 ? '-' : '+'}${zone}`;
}

/** The value in the form that drivers take. */
function canonical(typeName: string, value: WireValue): Value {
  if (typeof value === 'bigint') return canonicalInteger(value);
  if (typeName === 'Real' && value !== null) return Number(Number(value).toPrecision(7));
  if (typeof value !== 'string') return value;
  if (typeName === 'DateTimeOffset') return localMoment(value);
  const [moment = '', ticks] = value.split(/\+|\/300/);
  if (typeName === 'DateTime' && ticks !== undefined) {
    const ms = Math.round((Number(ticks) * 10) / 3);
    return trimmed(`${moment}.${String(ms).padStart(3, '0')}`);
  }
  return /Time/.test(typeName) ? trimmed(value) : value;
}

function toParameter({ name, type, isOutput, value }: SentParameter): SqlParameter {
  const typeName = TYPE_NAMES[type.replace(/\(.*/, '')];
  if (typeName === undefined) throw new Error(`The peer does not know the type ${type}.`);
  const direction = isOutput ? 'inputOutput' : 'input';
  return { name, direction, typeName, value: canonical(typeName, value) };
}

type CommandRequest = Exclude<PeerRequest, { readonly kind: 'transaction' }>;

function toCommand({ kind, text, parameters }: CommandRequest): SqlCommand {
  const sent = parameters.map(toParameter);
  if (kind !== 'procedure') return { text, type: 'text', parameters: sent };
  const status = { name: STATUS, direction: 'returnValue', typeName: 'Int', value: null } as const;
  return { text, type: 'storedProcedure', parameters: [...sent, status] };
}

/** A kind whose values need another form first. */
function mapped(kind: ColumnKind, map: (value: Value) => unknown): ColumnKind {
  return { ...kind, encode: (value) => kind.encode(value === null ? null : map(value as Value)) };
}

function variantOf(value: Value): VariantValue {
  if (typeof value === 'number') return variants.float(value);
  if (typeof value === 'bigint') return variants.bigint(value);
  if (typeof value === 'boolean') return variants.bit(value);
  return value instanceof Uint8Array ? variants.varbinary(value) : variants.nvarchar(String(value));
}

const KINDS: Readonly<Record<Column['type'], ColumnKind>> = {
  integer: kinds.intN(8),
  decimal: kinds.decimal(38, 10),
  float: kinds.floatN,
  bit: kinds.bitN,
  text: kinds.nvarcharMax,
  binary: kinds.varbinaryMax,
  guid: kinds.guid,
  date: kinds.date,
  time: kinds.time(7),
  datetime: kinds.datetime2(7),
  datetimeoffset: kinds.datetimeoffset(7),
  variant: mapped(kinds.variant, variantOf),
};

/** The kind that carries a column's values; a decimal has the scale of the first. */
function kindOf(type: Column['type'], first: Value | undefined): ColumnKind {
  if (type !== 'decimal' || typeof first !== 'string') return KINDS[type];
  return kinds.decimal(38, first.split('.')[1]?.length ?? 0);
}

function outputsToken(outputs: readonly OutputParameter[]): Buffer {
  const status = outputs.find(({ name }) => name === STATUS)?.value ?? 0;
  const values = outputs.filter(({ name }) => name !== STATUS);
  return procedureEnd(
    values.map(({ name, type, value }) => ({ name, kind: kindOf(type, value), value })),
    Number(status),
  );
}

/** Has a request carried out by another engine, and puts what that gives into tokens. */
export async function* carryOut(
  pool: ConnectionPool,
  request: PeerRequest,
  context: RequestContext,
): AsyncGenerator<Buffer, void, void> {
  if (request.kind === 'transaction') {
    yield* carryOutTransaction(pool, request.text, context);
    return;
  }
  const connection = heldConnection(context);
  if (connection) {
    yield* carryOutOn(connection, request, context);
    return;
  }
  await using lease = await pool.acquire({
    lane: 'immediate',
    catalogue: context.database,
    signal: new AbortController().signal,
  });
  yield* carryOutOn(lease.connection, request, context);
}

async function* carryOutOn(
  connection: Connection,
  request: CommandRequest,
  { attention }: RequestContext,
): AsyncGenerator<Buffer, void, void> {
  let announced: readonly Column[] | undefined;
  let columns: PeerColumn[] = [];
  const announce = (first: readonly Value[] = []): Buffer => {
    columns = (announced ?? []).map(({ name, type }, index) => ({
      name,
      kind: kindOf(type, first[index]),
    }));
    announced = undefined;
    return columnsToken(columns);
  };
  try {
    const options = { signal: attention };
    for await (const event of connection.execute(toCommand(request), options)) {
      if (announced) yield announce(event.kind === 'rows' ? event.rows[0] : []);
      if (event.kind === 'columns') announced = event.columns;
      else if (event.kind === 'rows') {
        yield Buffer.concat(event.rows.map((row) => nullBitmapRowToken(columns, row)));
      } else {
        const facts = { command: COMMAND.update, rowCount: event.rowsAffected, hasMore: true };
        yield doneToken({ token: 'doneInProc', ...facts });
        yield request.kind === 'batch' ? doneToken() : outputsToken(event.outputParameters);
      }
    }
  } catch (error) {
    if (attention.aborted) return;
    if (!(error instanceof SqlError)) throw error;
    yield failed({ number: error.errorCode, message: error.message });
  }
}
