import { int32, longText, shortText, uint8, uint16, uint32, uint64 } from './byte-writer.ts';
import type { ColumnKind } from './column-kinds.ts';

/** Commands as DONE tokens number them. */
export const COMMAND = {
  select: 0xc1,
  insert: 0xc3,
  delete: 0xc4,
  update: 0xc5,
  execute: 0xe0,
} as const;

/** A column of a result set. */
export interface PeerColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

export interface PeerMessage {
  readonly number: number;
  readonly message: string;
  readonly state?: number;
  readonly class?: number;
  readonly procName?: string;
  readonly lineNumber?: number;
}

const NULLABLE = 0x0009;
const USER_TYPE = uint32(0);

export function columnsToken(columns: readonly PeerColumn[]): Buffer {
  const parts = columns.flatMap(({ name, kind }) => [
    USER_TYPE,
    uint16(NULLABLE),
    kind.typeInfo,
    // Types of old-style large objects name their table.
    ...(kind.hasTableName ? [uint8(1), longText('T')] : []),
    shortText(name),
  ]);
  return Buffer.concat([uint8(0x81), uint16(columns.length), ...parts]);
}

export function rowToken(columns: readonly PeerColumn[], values: readonly unknown[]): Buffer {
  return Buffer.concat([
    uint8(0xd1),
    ...columns.map(({ kind }, index) => kind.encode(values[index])),
  ]);
}

/** A row that says in a bitmap which of its values are NULL, and leaves those out. */
export function nullBitmapRowToken(
  columns: readonly PeerColumn[],
  values: readonly unknown[],
): Buffer {
  const bitmap = Buffer.alloc(Math.ceil(columns.length / 8));
  const parts = columns.flatMap(({ kind }, index) => {
    if (values[index] !== null) return [kind.encode(values[index])];
    bitmap[index >> 3] = (bitmap[index >> 3] as number) | (1 << (index & 7));
    return [];
  });
  return Buffer.concat([uint8(0xd2), bitmap, ...parts]);
}

export interface DoneFacts {
  readonly token?: 'done' | 'doneProc' | 'doneInProc';
  readonly command?: number;
  readonly rowCount?: number;
  readonly hasMore?: boolean;
  readonly isError?: boolean;
  readonly isAttention?: boolean;
}

const DONE_TOKENS = { done: 0xfd, doneProc: 0xfe, doneInProc: 0xff };

export function doneToken(facts: DoneFacts = {}): Buffer {
  const status =
    (facts.hasMore ? 0x01 : 0) |
    (facts.isError ? 0x02 : 0) |
    (facts.rowCount === undefined ? 0 : 0x10) |
    (facts.isAttention ? 0x20 : 0);
  return Buffer.concat([
    uint8(DONE_TOKENS[facts.token ?? 'done']),
    uint16(status),
    uint16(facts.command ?? 0),
    uint64(BigInt(facts.rowCount ?? 0)),
  ]);
}

function messageToken(type: number, facts: PeerMessage, defaultClass: number): Buffer {
  const body = Buffer.concat([
    int32(facts.number),
    uint8(facts.state ?? 1),
    uint8(facts.class ?? defaultClass),
    longText(facts.message),
    shortText('PEER'),
    shortText(facts.procName ?? ''),
    uint32(facts.lineNumber ?? 1),
  ]);
  return Buffer.concat([uint8(type), uint16(body.length), body]);
}

export function errorToken(facts: PeerMessage): Buffer {
  return messageToken(0xaa, facts, 16);
}

export function infoToken(facts: PeerMessage): Buffer {
  return messageToken(0xab, facts, 0);
}

export function returnStatusToken(status: number): Buffer {
  return Buffer.concat([uint8(0x79), int32(status)]);
}

export function returnValueToken(
  ordinal: number,
  name: string,
  kind: ColumnKind,
  value: unknown,
): Buffer {
  return Buffer.concat([
    uint8(0xac),
    uint16(ordinal),
    shortText(name),
    uint8(1),
    USER_TYPE,
    uint16(NULLABLE),
    kind.typeInfo,
    kind.encode(value),
  ]);
}

function environmentToken(type: number, newValue: Buffer, oldValue: Buffer): Buffer {
  const body = Buffer.concat([uint8(type), newValue, oldValue]);
  return Buffer.concat([uint8(0xe3), uint16(body.length), body]);
}

/** Changes that the session is told of. */
export const environment = {
  database: (name: string) => environmentToken(1, shortText(name), shortText('master')),
  packetBytes: (bytes: number) => environmentToken(4, shortText(String(bytes)), shortText('4096')),
  collation: (collation: Buffer) =>
    environmentToken(7, Buffer.concat([uint8(collation.length), collation]), uint8(0)),
  beginTransaction: (id: bigint) =>
    environmentToken(8, Buffer.concat([uint8(8), uint64(id)]), uint8(0)),
  endTransaction: (id: bigint, isCommitted: boolean) =>
    environmentToken(isCommitted ? 9 : 10, uint8(0), Buffer.concat([uint8(8), uint64(id)])),
};

const TDS_7_4 = Buffer.from([0x74, 0x00, 0x00, 0x04]);

export function loginAckToken(): Buffer {
  const body = Buffer.concat([
    uint8(1),
    TDS_7_4,
    shortText('Microsoft SQL Server'),
    Buffer.from([15, 0, 0, 0]),
  ]);
  return Buffer.concat([uint8(0xad), uint16(body.length), body]);
}

export function sspiToken(body: Buffer): Buffer {
  return Buffer.concat([uint8(0xed), uint16(body.length), body]);
}
