import { createHash } from 'node:crypto';
import { ParhelionError } from '../../errors/parhelion-error.ts';

/** What bytes must turn out to be. */
export interface ExpectedBytes {
  readonly sizeBytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** Passes bytes on, and throws `invalidRequest` at their end when they are not the expected ones. */
export async function* verified(
  body: AsyncIterable<Uint8Array>,
  expected: ExpectedBytes,
): AsyncGenerator<Uint8Array, void, void> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of body) {
    hash.update(chunk);
    sizeBytes += chunk.length;
    yield chunk;
  }
  if (sizeBytes !== expected.sizeBytes || hash.digest('hex') !== expected.sha256) {
    throw new ParhelionError('invalidRequest', 'The bytes are not those that were announced.');
  }
}
