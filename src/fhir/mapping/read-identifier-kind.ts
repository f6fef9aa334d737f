import { IDENTIFIER_KINDS, type IdentifierKind } from '../values/identifiers/identifier-kinds.ts';
import { didYouMean, type Place } from './problems.ts';

/** A kind of Australian identifier by its name; nothing comes back, and an error is noted, when there is none. */
export function readIdentifierKind(name: string, place: Place): IdentifierKind | undefined {
  const kind = IDENTIFIER_KINDS.get(name);
  if (kind) return kind;
  const hint =
    didYouMean(name, IDENTIFIER_KINDS.keys()) || `: ${[...IDENTIFIER_KINDS.keys()].join(', ')}`;
  place.error(`"${name}" is no kind of identifier${hint}`);
  return undefined;
}
