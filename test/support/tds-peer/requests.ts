import { readWireValue, type WireValue } from './wire-values.ts';

/** A parameter as the client sent it. */
export interface SentParameter {
  /** With its `@`; empty for one that is known by its place. */
  readonly name: string;
  readonly isOutput: boolean;
  /** The type as T-SQL declares it. */
  readonly type: string;
  readonly value: WireValue;
}

/** A request that a test's handler answers. */
export type PeerRequest =
  | { readonly kind: 'batch'; readonly text: string; readonly parameters: readonly SentParameter[] }
  | {
      readonly kind: 'procedure';
      /** Name of the procedure; `sp_executesql` has become a `statement`. */
      readonly text: string;
      readonly parameters: readonly SentParameter[];
    }
  | {
      /** `sp_executesql`. */
      readonly kind: 'statement';
      readonly text: string;
      /** The declarations of its parameters. */
      readonly declarations: string;
      readonly parameters: readonly SentParameter[];
    }
  | {
      /** A request of the transaction manager; its text is what it does. */
      readonly kind: 'transaction';
      readonly text: TransactionAction;
      /** 2 is READ COMMITTED; only of a beginning. */
      readonly isolationLevel: number | undefined;
      readonly parameters: readonly [];
    };

export type TransactionAction = 'begin' | 'commit' | 'rollback';

const SP_EXECUTESQL = 10;

/** Where the request begins behind its headers. */
function bodyStart(body: Buffer): number {
  return body.readUInt32LE(0);
}

const TRANSACTION_DESCRIPTOR = 2;

/** The transaction that a request says it belongs to: 0 is none. */
export function readTransactionDescriptor(body: Buffer): bigint {
  const end = bodyStart(body);
  for (let at = 4; at < end; at += body.readUInt32LE(at)) {
    if (body.readUInt16LE(at + 4) === TRANSACTION_DESCRIPTOR) return body.readBigUInt64LE(at + 6);
  }
  throw new Error('The request has no transaction descriptor.');
}

const ACTIONS: Readonly<Record<number, TransactionAction>> = {
  5: 'begin',
  7: 'commit',
  8: 'rollback',
};

export function readTransaction(body: Buffer): PeerRequest & { readonly kind: 'transaction' } {
  const at = bodyStart(body);
  const text = ACTIONS[body.readUInt16LE(at)];
  if (!text) throw new Error('The peer does not know this request of the transaction manager.');
  const isolationLevel = text === 'begin' ? body[at + 2] : undefined;
  return { kind: 'transaction', text, isolationLevel, parameters: [] };
}

export function readBatch(body: Buffer): PeerRequest {
  return { kind: 'batch', text: body.toString('utf16le', bodyStart(body)), parameters: [] };
}

function readProcedure(body: Buffer, start: number): { name: string | number; end: number } {
  const length = body.readUInt16LE(start);
  if (length === 0xffff) return { name: body.readUInt16LE(start + 2), end: start + 4 };
  const end = start + 2 + length * 2;
  return { name: body.toString('utf16le', start + 2, end), end };
}

function readParameters(body: Buffer, start: number): SentParameter[] {
  const parameters: SentParameter[] = [];
  let at = start;
  while (at < body.length) {
    const nameEnd = at + 1 + (body[at] as number) * 2;
    const name = body.toString('utf16le', at + 1, nameEnd);
    const isOutput = ((body[nameEnd] as number) & 1) !== 0;
    const { type, value, end } = readWireValue(body, nameEnd + 1);
    parameters.push({ name, isOutput, type, value });
    at = end;
  }
  return parameters;
}

export function readRpc(body: Buffer): PeerRequest {
  const { name, end } = readProcedure(body, bodyStart(body));
  const parameters = readParameters(body, end + 2);
  if (name !== SP_EXECUTESQL && name !== 'sp_executesql') {
    return { kind: 'procedure', text: String(name), parameters };
  }
  const [statement, declarations, ...rest] = parameters;
  return {
    kind: 'statement',
    text: String(statement?.value),
    declarations: String(declarations?.value ?? ''),
    parameters: rest,
  };
}
