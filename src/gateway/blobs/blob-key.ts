import { ParhelionError } from '../../errors/parhelion-error.ts';

/** No segment may begin with a dot: that rules out `.`, `..` and what a store hides for itself. */
const KEY = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*(\/[A-Za-z0-9_-][A-Za-z0-9_.-]*){0,7}$/;

export function checkBlobKey(key: string): string {
  if (!KEY.test(key) || key.length > 500) {
    throw new ParhelionError('invalidRequest', 'The key of a blob is malformed.');
  }
  return key;
}
