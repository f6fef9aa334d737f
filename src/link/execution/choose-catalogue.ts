import type { Catalogue } from '../../protocol/frames.ts';
import { invalidCommand } from './query-failure.ts';

/** The catalogue that a command means. @throws QueryFailure when the site has none of that name */
export function chooseCatalogue(
  asked: string | undefined,
  catalogues: readonly Catalogue[],
): string {
  const chosen = catalogues.find(({ name, isDefault }) =>
    asked === undefined ? isDefault : name === asked,
  );
  if (!chosen) throw invalidCommand('The site has no such catalogue.');
  return chosen.name;
}
