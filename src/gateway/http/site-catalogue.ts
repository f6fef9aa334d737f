import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Site } from '../sites/index.ts';

/** Refuses a catalogue that the site does not have. @param path the member of the body that names it */
export function checkCatalogue(site: Site, catalogue: string | undefined, path: string): void {
  if (catalogue === undefined || site.catalogues.some(({ name }) => name === catalogue)) return;
  const known = site.catalogues.map(({ name }) => name).join(', ');
  throw new ParhelionError(
    'invalidRequest',
    `${path} must be one of ${known || '(the site has reported none)'}`,
  );
}
