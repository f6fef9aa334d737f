import type { ColumnKind } from './column-kinds.ts';
import {
  COMMAND,
  columnsToken,
  doneToken,
  errorToken,
  nullBitmapRowToken,
  type PeerColumn,
  type PeerMessage,
  returnStatusToken,
  returnValueToken,
  rowToken,
} from './tokens.ts';

/** What a handler answers with, piece by piece: bytes of tokens, a wait, or a fault. */
export type AnswerPart =
  | Buffer
  /** Sends what is there, and waits for this many milliseconds or the client's attention. */
  | { readonly waitMs: number }
  /** Cuts the connection. */
  | { readonly fault: 'cut' }
  /** The session's transaction is over, by the server's own doing. */
  | { readonly endsTransaction: 'commit' | 'rollback' };

export type Answer = Iterable<AnswerPart> | AsyncIterable<AnswerPart>;

/** Never ends by itself. */
export const FOREVER: AnswerPart = { waitMs: 2_147_483_647 };

/** A whole result set; rows with a NULL go with a bitmap. */
export function resultSet(
  columns: readonly PeerColumn[],
  rows: readonly (readonly unknown[])[],
  options: { readonly hasMore?: boolean; readonly isInProcedure?: boolean } = {},
): Buffer {
  const { hasMore = false, isInProcedure = false } = options;
  return Buffer.concat([
    columnsToken(columns),
    ...rows.map((row) =>
      row.includes(null) ? nullBitmapRowToken(columns, row) : rowToken(columns, row),
    ),
    doneToken({
      token: isInProcedure ? 'doneInProc' : 'done',
      command: COMMAND.select,
      rowCount: rows.length,
      hasMore: hasMore || isInProcedure,
    }),
  ]);
}

/** One row with one column. */
export function single(kind: ColumnKind, value: unknown): Buffer {
  return resultSet([{ name: 'v', kind }], [[value]]);
}

/** An error that ends the batch. */
export function failed(error: PeerMessage): Buffer {
  return Buffer.concat([errorToken(error), doneToken({ isError: true })]);
}

/** An output parameter's value. */
export interface PeerOutput {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly value: unknown;
}

/** The end of a procedure: status, output parameters. */
export function procedureEnd(outputs: readonly PeerOutput[] = [], status = 0): Buffer {
  return Buffer.concat([
    returnStatusToken(status),
    ...outputs.map(({ name, kind, value }, index) => returnValueToken(index, name, kind, value)),
    doneToken({ token: 'doneProc', command: COMMAND.execute }),
  ]);
}
