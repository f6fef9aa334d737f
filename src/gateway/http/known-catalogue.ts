import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Site } from '../sites/index.ts';

/**
 * Refuses a catalogue that the site does not have.
 *
 * @param field where the request names it
 * @throws ParhelionError `invalidRequest`
 */
export function checkCatalogue({ catalogues }: Site, asked: string | undefined, field: string) {
  if (asked === undefined || catalogues.some(({ name }) => name === asked)) return;
  const known = catalogues.map(({ name }) => name).join(', ') || '(the site has reported none)';
  throw new ParhelionError('invalidRequest', `${field} must be one of ${known}`);
}
