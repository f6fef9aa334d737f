import { createHash } from 'node:crypto';
import type { ResultParameter } from '../../protocol/command.ts';

export interface ResultHashes {
  /** Of rows and output parameters: whether a result has changed. */
  readonly hash: string;
  /** Of the rows alone: whether the bytes arrived whole. */
  readonly sha256: string;
}

/**
 * The contract's `lastHash`: base64 of SHA-256 over the bytes of the decoded JSON rows, followed, when there are output
 * parameters, by the bytes of their JSON as `parameters` of the result has it.
 */
export function hashResult(
  body: Uint8Array,
  parameters: readonly ResultParameter[] | undefined,
): ResultHashes {
  const rows = createHash('sha256').update(body);
  const sha256 = rows.copy().digest('hex');
  if (parameters) rows.update(JSON.stringify(parameters));
  return { hash: rows.digest('base64'), sha256 };
}
