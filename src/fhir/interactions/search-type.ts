import { searchsetBundle, searchUrl } from '../bundle/searchset.ts';
import {
  countStatement,
  matchesStatement,
  positionOf,
  type ResourceRow,
  type StatementTarget,
} from '../sql/index.ts';
import type { Interaction, InteractionCourse, TypeCall } from './interaction.ts';
import { attachChildren, type PartOfCourse, readPages, runStatements } from './read-rows.ts';
import { joinColumns, type Selection, selectElements } from './result-view.ts';
import { includeColumns, readIncluded } from './search/included-rows.ts';
import { CURSOR_PARAMETER, planSearch, type SearchPlan } from './search/plan-search.ts';
import { includedEntries, resultEntries } from './search/result-entries.ts';

interface Page {
  readonly rows: readonly ResourceRow[];
  readonly hasNext: boolean;
  readonly total?: number;
}

function targetOf({ resource, context }: TypeCall): StatementTarget {
  return { dialect: context.dialect, mapping: resource };
}

function* countMatches(call: TypeCall, plan: SearchPlan): PartOfCourse<number> {
  const counting = countStatement(targetOf(call), plan.filters);
  const [result] = yield* runStatements([counting.statement]);
  if (!result) throw new Error('a count came back without a result');
  return counting.count(result);
}

/** Whether the total is to be counted: asked for, and not known already. */
function needsCounting({ result, from }: SearchPlan, hasNext: boolean): boolean {
  const isWanted = result.total === 'accurate' || result.total === 'estimate';
  return isWanted && hasNext && from === undefined;
}

function knownTotal({ result, from }: SearchPlan, matches: number, hasNext: boolean) {
  if (result.total === 'none') return undefined;
  if (from) return from.total;
  return hasNext ? undefined : matches;
}

/** Reads the matches of one page with their children: one row more than the page has tells whether there is a next. */
function* readMatches(call: TypeCall, plan: SearchPlan, selection: Selection): PartOfCourse<Page> {
  const target = targetOf(call);
  const { count, includes } = plan.result;
  const statement = matchesStatement(target, {
    columns: joinColumns(selection.columns, includeColumns(call.resource, includes)),
    filters: plan.filters,
    sort: plan.sort,
    ...(plan.from ? { after: plan.from.after } : {}),
    limit: count + 1,
  });
  const [read] = yield* readPages([statement]);
  const found = read?.rows ?? [];
  const rows = found.slice(0, count);
  const hasNext = found.length > count;
  const counting = needsCounting(plan, hasNext) ? countStatement(target, plan.filters) : undefined;
  const [counted] = yield* attachChildren(
    [{ page: statement, rows }],
    counting ? [counting.statement] : [],
  );
  const total =
    counting && counted ? counting.count(counted) : knownTotal(plan, rows.length, hasNext);
  return { rows, hasNext, ...(total === undefined ? {} : { total }) };
}

function selfLink({ request, resource }: TypeCall, plan: SearchPlan): string {
  const cursor = plan.from ? [{ name: CURSOR_PARAMETER, value: plan.from.text }] : [];
  const parameters = [...plan.used, ...cursor, ...plan.form];
  return searchUrl(request.baseUrl, resource.type, parameters);
}

function nextLink({ request, resource, context }: TypeCall, plan: SearchPlan, page: Page): string {
  const last = page.rows.at(-1) as ResourceRow;
  const text = context.cursors.seal(resource.type, {
    parameters: plan.used,
    after: positionOf(resource, plan.sort, last),
    beganAt: plan.beganAt,
    ...(page.total === undefined ? {} : { total: page.total }),
  });
  const parameters = [{ name: CURSOR_PARAMETER, value: text }, ...plan.form];
  return searchUrl(request.baseUrl, resource.type, parameters);
}

/** Searches one type. Its parameters came by URL, form, or the link to a page; or an operation is such a search. */
export function* searchType(call: TypeCall): InteractionCourse {
  const plan = planSearch(call);
  const self = selfLink(call, plan);
  if (plan.result.count === 0) {
    const total = yield* countMatches(call, plan);
    return { status: 200, resource: searchsetBundle({ total, self, entries: [] }) };
  }
  const { view, includes } = plan.result;
  const selection = selectElements(call.resource, view, 'match');
  const page = yield* readMatches(call, plan, selection);
  const matches = { mapping: call.resource, selection, rows: page.rows };
  const included = yield* readIncluded({ context: call.context, view, includes }, matches);
  const entries = [
    ...(yield* resultEntries(matches, 'match', call)),
    ...(yield* includedEntries(included, call)),
  ];
  const resource = searchsetBundle({
    ...(page.total === undefined ? {} : { total: page.total }),
    self,
    ...(page.hasNext ? { next: nextLink(call, plan, page) } : {}),
    entries,
  });
  return { status: 200, resource };
}

const SEARCH = { code: 'search-type', isOffered: () => true, run: searchType } as const;

/** `GET {type}`. */
export const searchInteraction: Interaction = { ...SEARCH, route: 'type', method: 'GET' };

/** `POST {type}/_search`. */
export const searchByFormInteraction: Interaction = {
  ...SEARCH,
  route: 'typeSearch',
  method: 'POST',
};
