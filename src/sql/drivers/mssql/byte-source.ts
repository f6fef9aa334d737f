import type { Value } from '../../../protocol/values.ts';

/** Bytes received so far, and the place of the next value in them. */
export interface ByteSource {
  readonly buffer: Buffer;
  position: number;
}

/** What a {@link ValueReader} answers when the value's last byte has not arrived; `position` then stays. */
export const INCOMPLETE = Symbol('incomplete');

/** Reads the next value of one column. */
export type ValueReader = (source: ByteSource) => Value | typeof INCOMPLETE;

/** Reads the bytes of one value that is not NULL. */
export type BytesReader = (buffer: Buffer, start: number, length: number) => Value;
