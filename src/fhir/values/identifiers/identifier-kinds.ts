import { IDENTIFIER_CHECKS } from './check-digits.ts';
import table from './identifier-kinds.json' with { type: 'json' };

/** A kind of Australian identifier (AU Base 6.0.0). */
export interface IdentifierKind {
  /** As mappings write it: `ihi`. */
  readonly kind: string;
  /** Left out where each practice has a system of its own. */
  readonly system?: string;
  /** What `Identifier.type` becomes; left out where AU Base has none. */
  readonly type?: {
    readonly coding: readonly [
      { readonly system: string; readonly code: string; readonly display: string },
    ];
    readonly text: string;
  };
  /** Whether a value, exactly as it is, can be one of this kind: form and check digits. */
  isValid(value: string): boolean;
}

interface KindEntry {
  readonly system?: string;
  readonly type?: {
    readonly table: keyof typeof TYPE_SYSTEMS;
    readonly code: string;
    readonly display: string;
    readonly text: string;
  };
  readonly check?: keyof typeof IDENTIFIER_CHECKS;
}

const TYPE_SYSTEMS = {
  international: 'http://terminology.hl7.org/CodeSystem/v2-0203',
  australian: 'http://terminology.hl7.org.au/CodeSystem/v2-0203',
};

function kindOf(kind: string, entry: KindEntry): IdentifierKind {
  const { system, type, check } = entry;
  return {
    kind,
    isValid: check ? IDENTIFIER_CHECKS[check] : (value) => value !== '',
    ...(system === undefined ? {} : { system }),
    ...(type === undefined
      ? {}
      : {
          type: {
            coding: [
              { system: TYPE_SYSTEMS[type.table], code: type.code, display: type.display },
            ] as const,
            text: type.text,
          },
        }),
  };
}

/** All kinds, by the names that mappings use. */
export const IDENTIFIER_KINDS: ReadonlyMap<string, IdentifierKind> = new Map(
  Object.entries(table as Record<string, KindEntry>).map(([kind, entry]) => [
    kind,
    kindOf(kind, entry),
  ]),
);
