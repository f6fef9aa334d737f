import { InvalidArgumentError } from 'commander';
import { isUuid } from '../lib/ids.ts';

/** Reads an argument that must be an id, so that a name given by mistake is told at once. */
export function idArgument(text: string): string {
  if (!isUuid(text)) throw new InvalidArgumentError('It is not an id (a UUID).');
  return text.toLowerCase();
}
