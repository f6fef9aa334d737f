import { v7, validate } from 'uuid';

/**
 * A new UUIDv7 in lower case. Ids of one process are in the order of their making even within a millisecond, so
 * that rows keyed by them are appended and never scattered over an index.
 */
export function newId(): string {
  return v7();
}

/** Whether a text is a UUID of any version, in either case. */
export function isUuid(text: string): boolean {
  return validate(text);
}
