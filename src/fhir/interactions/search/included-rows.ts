import type { ColumnRef, ResourceMapping } from '../../mapping/system-mapping.ts';
import { idOfKey, type ResourceKey, referenceReader } from '../../search/index.ts';
import type { ServiceContext } from '../../service-context.ts';
import {
  keysStatements,
  type PageStatement,
  type ResourceRow,
  referringStatements,
} from '../../sql/index.ts';
import { attachChildren, type PartOfCourse, type ReadPage, readPages } from '../read-rows.ts';
import { joinColumns, type ResultView, type Selection, selectElements } from '../result-view.ts';
import type { Include } from './include-parameters.ts';

/** How often `:iterate` goes on from what was just included. */
const MAX_INCLUDE_ROUNDS = 6;
/** Included resources of one page. */
export const MAX_INCLUDED = 4_000;

/** Rows of one type with what of them is wanted. */
export interface TypedRows {
  readonly mapping: ResourceMapping;
  readonly selection: Selection;
  readonly rows: readonly ResourceRow[];
}

/** What came with a page. */
export interface IncludedRows {
  readonly rows: readonly TypedRows[];
  /** There may be more than what is included. */
  readonly isCut: boolean;
}

/** What the reading of includes needs beside the matches. */
export interface IncludeScope {
  readonly context: Pick<ServiceContext, 'mapping' | 'dialect'>;
  readonly view: ResultView;
  readonly includes: readonly Include[];
}

interface Progress {
  /** `Type/id` of all resources of the page. */
  readonly inPage: Set<string>;
  /** `Type/id` of all that was asked for: what does not exist is not asked for again. */
  readonly asked: Set<string>;
  readonly included: TypedRows[];
  count: number;
  isCut: boolean;
}

/** One statement of a round. */
interface Request {
  readonly mapping: ResourceMapping;
  readonly selection: Selection;
  readonly page: PageStatement;
}

/** Columns of a type's rows from which includes go on. */
export function includeColumns(
  mapping: ResourceMapping,
  includes: readonly Include[],
): ColumnRef[] {
  return includes
    .filter(({ isReverse, source }) => !isReverse && source === mapping.type)
    .flatMap(({ parameter, target }) => referenceReader(mapping, parameter, target)?.columns ?? []);
}

/** The keys that the rows refer to and that are not in the page yet, by type. */
function referredKeys(
  { mapping: system }: IncludeScope['context'],
  includes: readonly Include[],
  fresh: readonly TypedRows[],
  progress: Progress,
): Map<string, ResourceKey[]> {
  const keys = new Map<string, ResourceKey[]>();
  for (const { source, parameter, target } of includes.filter((each) => !each.isReverse)) {
    for (const { mapping, rows } of fresh.filter((each) => each.mapping.type === source)) {
      const reader = referenceReader(mapping, parameter, target);
      for (const { type, key } of rows.flatMap((row) => reader?.read(row) ?? [])) {
        const referred = system.resources.get(type);
        const id = referred ? idOfKey(referred, key) : undefined;
        const address = `${type}/${id}`;
        if (id === undefined || progress.inPage.has(address) || progress.asked.has(address))
          continue;
        progress.asked.add(address);
        const ofType = keys.get(type);
        if (ofType) ofType.push(key);
        else keys.set(type, [key]);
      }
    }
  }
  return keys;
}

/** The statements of one round: one for each type referred to, one for each reverse reference. */
function requestsOf(
  { context, view, includes }: IncludeScope,
  active: readonly Include[],
  fresh: readonly TypedRows[],
  progress: Progress,
): Request[] {
  const iterated = includes.filter(({ isIterated }) => isIterated);
  const room = MAX_INCLUDED - progress.count;
  const request = (
    type: string,
    pages: (columns: readonly ColumnRef[], mapping: ResourceMapping) => PageStatement[],
  ) => {
    const mapping = context.mapping.resources.get(type);
    if (!mapping) return [];
    const selection = selectElements(mapping, view, 'include');
    const columns = joinColumns(selection.columns, includeColumns(mapping, iterated));
    return pages(columns, mapping).map((page) => ({ mapping, selection, page }));
  };
  const { dialect } = context;
  const referred = referredKeys(context, active, fresh, progress);
  if ([...referred.values()].some((keys) => keys.length > room)) progress.isCut = true;
  const forward = [...referred].flatMap(([type, keys]) =>
    request(type, (columns, mapping) =>
      keysStatements({ dialect, mapping }, { keys: keys.slice(0, room + 1), columns }),
    ),
  );
  const reverse = active.flatMap(({ isReverse, source, parameter, target }) => {
    const rows = fresh
      .filter(({ mapping }) => mapping.type === target)
      .flatMap((each) => each.rows);
    const targetMapping = context.mapping.resources.get(target);
    if (!isReverse || !targetMapping || rows.length === 0) return [];
    const keys = rows.map(({ key }) => key);
    return request(source, (columns, mapping) =>
      referringStatements(
        { dialect, mapping },
        { parameter, referred: targetMapping, keys, columns, limit: room + 1 },
      ),
    );
  });
  return [...forward, ...reverse];
}

/** Takes in what is not in the page yet, as far as there is room. */
function takeIn(rows: readonly ResourceRow[], type: string, progress: Progress): ResourceRow[] {
  const taken: ResourceRow[] = [];
  for (const row of rows) {
    const address = `${type}/${row.id}`;
    if (row.id !== '' && progress.inPage.has(address)) continue;
    if (progress.count === MAX_INCLUDED) {
      progress.isCut = true;
      break;
    }
    progress.inPage.add(address);
    progress.count += 1;
    taken.push(row);
  }
  return taken;
}

/** Runs the statements of a round. @returns the rows that came in, their children attached */
function* readRound(requests: readonly Request[], progress: Progress): PartOfCourse<TypedRows[]> {
  const read = yield* readPages(requests.map(({ page }) => page));
  const taken = requests.map(({ mapping, selection, page }, index) => ({
    mapping,
    selection,
    page,
    rows: takeIn((read[index] as ReadPage).rows, mapping.type, progress),
  }));
  yield* attachChildren(taken);
  return taken.filter(({ rows }) => rows.length > 0);
}

/**
 * Reads what `_include` and `_revinclude` ask for, with no resource twice: in each round one statement for each type
 * that is referred to, one for each reverse reference, and one for each child relation of these.
 */
export function* readIncluded(scope: IncludeScope, matches: TypedRows): PartOfCourse<IncludedRows> {
  const addresses = matches.rows.map(({ id }) => `${matches.mapping.type}/${id}`);
  const progress: Progress = {
    inPage: new Set(addresses),
    asked: new Set(),
    included: [],
    count: 0,
    isCut: false,
  };
  let fresh = [matches];
  let active = scope.includes;
  for (let round = 0; fresh.length > 0 && active.length > 0 && !progress.isCut; round += 1) {
    const requests = requestsOf(scope, active, fresh, progress);
    if (requests.length > 0 && round === MAX_INCLUDE_ROUNDS) {
      progress.isCut = true;
      break;
    }
    fresh = yield* readRound(requests, progress);
    progress.included.push(...fresh);
    active = scope.includes.filter(({ isIterated }) => isIterated);
  }
  return { rows: progress.included, isCut: progress.isCut };
}
