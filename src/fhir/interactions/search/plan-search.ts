import { fhirProblem } from '../../outcome/fhir-problem.ts';
import type { Parameter } from '../../request/parameters.ts';
import { parseSearch, type SearchFilter, type SortKey } from '../../search/index.ts';
import type { Position } from '../../sql/index.ts';
import type { TypeCall } from '../interaction.ts';
import { refuseParameters } from '../unknown-parameters.ts';
import { divideParameters, type ResultParameters } from './result-parameters.ts';

/** Name of the parameter in which the link to the next page carries everything. */
export const CURSOR_PARAMETER = '_cursor';

/** A search that is understood. */
export interface SearchPlan {
  readonly filters: readonly SearchFilter[];
  readonly sort: readonly SortKey[];
  readonly result: ResultParameters;
  /** All parameters that were followed, but for the form of the answer. */
  readonly used: readonly Parameter[];
  /** `_format` and `_pretty`: they stay in the links as they are. */
  readonly form: readonly Parameter[];
  /** Where this page begins and what the first one found; left out on the first page. */
  readonly from?: { readonly text: string; readonly after: Position; readonly total?: number };
  /** When the first page was asked for, milliseconds since 1970. */
  readonly beganAt: number;
}

const isForm = ({ name }: Parameter) => name === '_format' || name === '_pretty';

/** Other parameters beside a cursor must be those that it carries: clients add them when they follow `self`. */
function refuseForeign(others: readonly Parameter[], carried: readonly Parameter[]): void {
  const known = new Set(carried.map(({ name, value }) => `${name}=${value}`));
  const foreign = others.find(({ name, value }) => value !== '' && !known.has(`${name}=${value}`));
  if (!foreign) return;
  const diagnostics = `${foreign.name} is not what the search began with`;
  throw fhirProblem('invalidCursor', diagnostics, `http.${foreign.name}`);
}

function planOf(
  call: TypeCall,
  parameters: readonly Parameter[],
  from: SearchPlan['from'],
  beganAt: number,
): SearchPlan {
  const { request, resource, context } = call;
  const { result, criteria, used, unknown } = divideParameters(
    parameters,
    context.mapping,
    resource.type,
  );
  const pairs = criteria.map(({ name, value }) => [name, value] as const);
  const search = parseSearch(resource, context.mapping, pairs, {
    baseUrl: request.baseUrl,
    timeZone: context.timeZone,
    now: beganAt,
  });
  if (request.preferences.handling === 'strict') {
    refuseParameters([...search.unknown, ...unknown], resource.type);
  }
  return {
    filters: search.filters,
    sort: search.sort,
    result,
    used: [...search.used.map(([name, value]) => ({ name, value })), ...used],
    form: request.parameters.filter(isForm),
    ...(from ? { from } : {}),
    beganAt,
  };
}

/**
 * Understands a search on one type, or the next page of one.
 *
 * @throws FhirProblem or SearchError for what cannot be followed; unknown parameters only where the caller is strict
 */
export function planSearch(call: TypeCall): SearchPlan {
  const { request, resource, context } = call;
  const cursors = request.parameters.filter(({ name }) => name === CURSOR_PARAMETER);
  const others = request.parameters.filter((each) => !isForm(each) && !cursors.includes(each));
  const text = cursors.at(-1)?.value;
  if (!text) return planOf(call, others, undefined, context.now());
  const { parameters, after, beganAt, total } = context.cursors.open(resource.type, text);
  refuseForeign(others, parameters);
  const from = { text, after, ...(total === undefined ? {} : { total }) };
  return planOf(call, parameters, from, beganAt);
}
