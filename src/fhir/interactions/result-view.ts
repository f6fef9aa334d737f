import { typeDefinition } from '../definitions/elements.ts';
import type { ColumnRef, ElementTemplate, ResourceMapping } from '../mapping/system-mapping.ts';
import { fhirProblem } from '../outcome/fhir-problem.ts';
import { metaColumns } from '../render/render-resource.ts';
import type { Parameter } from '../request/parameters.ts';

/** What of each resource is wanted (R4 §3.1.1.5.8 and 9). */
export interface ResultView {
  readonly summary: 'false' | 'true' | 'text' | 'data' | 'count';
  /** Element names of `_elements`, without `[x]`; with a type before them where the caller gave one. */
  readonly elements?: readonly string[];
}

/** The elements of one type that go out, and what must be read for them. */
export interface Selection {
  readonly elements: readonly ElementTemplate[];
  readonly columns: readonly ColumnRef[];
  /** Everything: the resource is no subset. */
  readonly isWhole: boolean;
}

/** Names of the parameters that {@link readResultView} reads. */
export const VIEW_PARAMETERS: ReadonlySet<string> = new Set(['_summary', '_elements']);

const SUMMARIES: ReadonlySet<string> = new Set(['false', 'true', 'text', 'data', 'count']);

function isSummary(value: string): value is ResultView['summary'] {
  return SUMMARIES.has(value);
}

/**
 * Reads `_summary` and `_elements`.
 *
 * @throws FhirProblem `invalidParameter` for another `_summary`, or when both leave something out
 */
export function readResultView(parameters: readonly Parameter[]): ResultView {
  const values = (name: string) =>
    parameters.filter((each) => each.name === name && each.value !== '').map(({ value }) => value);
  const summary = values('_summary').at(-1) ?? 'false';
  if (!isSummary(summary)) {
    const diagnostics = `_summary is one of ${[...SUMMARIES].join(', ')}`;
    throw fhirProblem('invalidParameter', diagnostics, 'http._summary');
  }
  const elements = values('_elements')
    .flatMap((value) => value.split(','))
    .map((name) => name.trim().replace(/\[x\]$/, ''))
    .filter((name) => name !== '');
  if (elements.length === 0) return { summary };
  if (summary !== 'false' && summary !== 'count') {
    throw fhirProblem(
      'invalidParameter',
      '_elements and _summary exclude each other',
      'http._elements',
    );
  }
  return { summary, elements };
}

/** Mandatory elements and modifiers always stay: without them the rest could be misread. */
function isIndispensable(type: string, element: string): boolean {
  const definition = typeDefinition(type)?.elements.get(element);
  return definition !== undefined && (definition.min > 0 || definition.isModifier);
}

function isNamed(type: string, element: string, names: ReadonlySet<string>): boolean {
  const choice = typeDefinition(type)
    ?.elements.get(element)
    ?.choice?.replace(/\[x\]$/, '');
  return [element, choice].some(
    (name) => name !== undefined && (names.has(name) || names.has(`${type}.${name}`)),
  );
}

function isInSummary(type: string, element: string): boolean {
  return typeDefinition(type)?.elements.get(element)?.isSummary === true;
}

/** The elements that a view keeps of a match or a read resource, `undefined` for all. */
function keptOf(
  type: string,
  view: ResultView,
  names: ReadonlySet<string> | undefined,
): ((element: string) => boolean) | undefined {
  if (names) return (element) => isNamed(type, element, names) || isIndispensable(type, element);
  if (view.summary === 'true') {
    return (element) => isInSummary(type, element) || isIndispensable(type, element);
  }
  if (view.summary === 'text') {
    return (element) => element === 'text' || isIndispensable(type, element);
  }
  if (view.summary === 'data') return (element) => element !== 'text';
  return undefined;
}

function uniqueColumns(columns: readonly ColumnRef[]): ColumnRef[] {
  const byName = new Map(columns.map((each) => [`${each.relation}.${each.column.name}`, each]));
  return [...byName.values()];
}

/** Joins two lists of columns, each column once. */
export function joinColumns(
  own: readonly ColumnRef[],
  others: readonly ColumnRef[],
): readonly ColumnRef[] {
  return others.length === 0 ? own : uniqueColumns([...own, ...others]);
}

const wholes = new WeakMap<ResourceMapping, Selection>();

/** The selection of everything, which most requests want. */
function wholeOf(mapping: ResourceMapping): Selection {
  let whole = wholes.get(mapping);
  if (!whole) {
    whole = selectionOf(mapping, mapping.elements);
    wholes.set(mapping, whole);
  }
  return whole;
}

function selectionOf(mapping: ResourceMapping, elements: readonly ElementTemplate[]): Selection {
  const columns = elements.flatMap((element) => element.columns);
  return {
    elements,
    columns: uniqueColumns([...columns, ...metaColumns(mapping)]),
    isWhole: elements.length === mapping.elements.length,
  };
}

/**
 * Says what must be read and rendered of a type.
 *
 * @param role `_elements` without a type does not apply to included resources
 */
export function selectElements(
  mapping: ResourceMapping,
  view: ResultView,
  role: 'match' | 'include',
): Selection {
  const { type } = mapping;
  const names =
    role === 'match' ? view.elements : view.elements?.filter((name) => name.startsWith(`${type}.`));
  const keeps = keptOf(type, view, names && names.length > 0 ? new Set(names) : undefined);
  if (!keeps) return wholeOf(mapping);
  return selectionOf(
    mapping,
    mapping.elements.filter(({ name }) => keeps(name)),
  );
}
