import type { Coding } from '../mapping/system-mapping.ts';
import { IDENTIFIER_KINDS } from '../values/identifiers/identifier-kinds.ts';

/** What `Identifier.type` says of a kind of Australian identifier; empty where it has none. */
export function identifierTypes(kind: string): readonly Coding[] {
  return IDENTIFIER_KINDS.get(kind)?.type?.coding ?? [];
}
