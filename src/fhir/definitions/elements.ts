import table from './elements.json' with { type: 'json' };

/** `backbone`: an element with elements of its own inside a resource or datatype; its name is its path. */
export type TypeKind = 'primitive-type' | 'complex-type' | 'resource' | 'backbone';

/** One element of a type, by the name that stands in JSON: a choice has one for each of its types. */
export interface ElementDefinition {
  /** As in JSON: `birthDate`, `onsetDateTime`. */
  readonly name: string;
  /** FHIR's name of its type: `code`, `HumanName`, `Patient.contact` for a backbone element, `Resource` for contained ones. */
  readonly type: string;
  readonly min: number;
  readonly isList: boolean;
  readonly isSummary: boolean;
  readonly isModifier: boolean;
  /** Resource types that a Reference may be to; empty: any, or no Reference. */
  readonly targets: readonly string[];
  /** The codes of which a `code` must be one; empty: any. */
  readonly codes: readonly string[];
  /** The choice it belongs to: `onset[x]`. */
  readonly choice?: string;
}

/** A datatype, a resource type or a backbone element. */
export interface TypeDefinition {
  readonly name: string;
  readonly kind: TypeKind;
  /** In the order of the definition. */
  readonly elements: ReadonlyMap<string, ElementDefinition>;
}

interface ElementEntry {
  readonly types: readonly string[];
  readonly min: number;
  readonly max: string;
  readonly isSummary?: boolean;
  readonly isModifier?: boolean;
  readonly targets?: readonly string[];
  readonly codes?: readonly string[];
}

type TypeTable = Readonly<
  Record<string, { kind: TypeKind; elements: Readonly<Record<string, ElementEntry>> }>
>;

const TABLE = table as unknown as TypeTable;
const definitions = new Map<string, TypeDefinition>();

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function elementsOf(name: string, entry: ElementEntry): ElementDefinition[] {
  const isChoice = name.endsWith('[x]');
  const stem = isChoice ? name.slice(0, -3) : name;
  return entry.types.map((type) => ({
    name: isChoice ? stem + capitalised(type) : name,
    type,
    min: entry.min,
    isList: entry.max !== '1' && entry.max !== '0',
    isSummary: entry.isSummary === true,
    isModifier: entry.isModifier === true,
    targets: type === 'Reference' ? targetsOf(entry) : [],
    codes: entry.codes ?? [],
    ...(isChoice ? { choice: name } : {}),
  }));
}

function targetsOf(entry: ElementEntry): readonly string[] {
  const targets = entry.targets ?? [];
  return targets.includes('Resource') ? [] : targets;
}

/** A type of FHIR R4 by its name, or by the path of a backbone element (`Patient.contact`). */
export function typeDefinition(name: string): TypeDefinition | undefined {
  const known = definitions.get(name);
  if (known || !Object.hasOwn(TABLE, name)) return known;
  const entry = TABLE[name] as TypeTable[string];
  const elements = Object.entries(entry.elements).flatMap(([element, each]) =>
    elementsOf(element, each),
  );
  const definition: TypeDefinition = {
    name,
    kind: entry.kind,
    elements: new Map(elements.map((element) => [element.name, element])),
  };
  definitions.set(name, definition);
  return definition;
}

/** Whether values of the type are a JSON string, number or boolean. */
export function isPrimitive(type: string): boolean {
  return typeDefinition(type)?.kind === 'primitive-type';
}
