import { Deadline } from '../../lib/deadline.ts';
import { invalidCommand, transferCut } from './query-failure.ts';

/** The largest request body of the contract; what comes is a part of it. */
const MAX_BYTES = 32 * 1024 * 1024;

export interface Receiving<T> {
  readonly readStream: (signal: AbortSignal) => AsyncIterable<Buffer>;
  readonly transferMs: number;
  readonly signal: AbortSignal;
  readonly schema: {
    Check(value: unknown): value is T;
    Errors(value: unknown): readonly { readonly instancePath: string; readonly message: string }[];
  };
  /** How messages call it. */
  readonly what: string;
}

/** Waits for JSON that comes on a data stream. @throws QueryFailure, StreamReset, or the signal's reason */
export async function receiveJson<T>(receiving: Receiving<T>): Promise<T> {
  using deadline = new Deadline(receiving.transferMs, receiving.signal);
  try {
    return await readWhole(receiving, receiving.readStream(deadline.signal));
  } catch (error) {
    throw deadline.hasPassed ? transferCut(error) : error;
  }
}

async function readWhole<T>(
  { schema, what }: Receiving<T>,
  stream: AsyncIterable<Buffer>,
): Promise<T> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > MAX_BYTES) {
      throw invalidCommand(`The ${what} is larger than ${MAX_BYTES} bytes.`, 413);
    }
    chunks.push(chunk);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw invalidCommand(`The ${what} is not JSON.`);
  }
  if (!schema.Check(parsed)) {
    const [first] = schema.Errors(parsed);
    throw invalidCommand(
      `The ${what} is invalid: ${first?.instancePath || '/'} ${first?.message}.`,
    );
  }
  return parsed;
}
