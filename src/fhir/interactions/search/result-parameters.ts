import type { SystemMapping } from '../../mapping/system-mapping.ts';
import { fhirProblem } from '../../outcome/fhir-problem.ts';
import type { Parameter } from '../../request/parameters.ts';
import { type ResultView, readResultView, VIEW_PARAMETERS } from '../result-view.ts';
import { type Include, readInclude } from './include-parameters.ts';

/** How many matches a page has unless the caller says it, and at most. */
const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1_000;

/** The parameters of a search that are about its result (R4 §3.1.1.5), but for `_sort`. */
export interface ResultParameters {
  /** Matches on one page; 0: only their number is wanted. */
  readonly count: number;
  readonly view: ResultView;
  /** Left out, the total is told where it costs nothing. */
  readonly total?: 'none' | 'estimate' | 'accurate';
  readonly includes: readonly Include[];
}

/** A search's parameters, told apart. */
export interface DividedParameters {
  readonly result: ResultParameters;
  /** All but those about the result and the form of the answer. */
  readonly criteria: readonly Parameter[];
  /** Parameters about the result and the form that were followed; `_count` as it was followed. */
  readonly used: readonly Parameter[];
  /** Names of parameters about the result that cannot be followed. */
  readonly unknown: readonly string[];
}

const FORMAT_PARAMETERS: ReadonlySet<string> = new Set(['_format', '_pretty']);
const TOTALS: ReadonlySet<string> = new Set(['none', 'estimate', 'accurate']);

function readCount(value: string): number {
  if (!/^\d+$/.test(value)) {
    throw fhirProblem('invalidParameter', '_count is a number from 0', 'http._count');
  }
  return Math.min(Number(value), MAX_PAGE_SIZE);
}

function isTotal(value: string): value is NonNullable<ResultParameters['total']> {
  return TOTALS.has(value);
}

function readTotal(value: string): NonNullable<ResultParameters['total']> {
  if (isTotal(value)) return value;
  throw fhirProblem(
    'invalidParameter',
    `_total is one of ${[...TOTALS].join(', ')}`,
    'http._total',
  );
}

/** `_include`, `_revinclude` and their `:iterate`. */
const INCLUDE = /^_(rev)?include(?::(iterate|recurse))?$/;

interface Gathered {
  count?: number;
  total?: NonNullable<ResultParameters['total']>;
  readonly includes: Include[];
  readonly criteria: Parameter[];
  readonly used: Parameter[];
  readonly unknown: Set<string>;
}

function gatherInclude(
  parameter: Parameter,
  system: SystemMapping,
  type: string,
  gathered: Gathered,
): void {
  const [, reverse, iterate] = INCLUDE.exec(parameter.name) ?? [];
  const includes = readInclude(parameter, system, type, {
    isReverse: reverse !== undefined,
    isIterated: iterate !== undefined,
  });
  if (includes.length === 0) {
    gathered.unknown.add(`${parameter.name}=${parameter.value}`);
  } else {
    gathered.includes.push(...includes);
    gathered.used.push(parameter);
  }
}

function gather(parameter: Parameter, system: SystemMapping, type: string, into: Gathered): void {
  const { name, value } = parameter;
  if (value === '') return;
  if (name === '_count') {
    into.count = readCount(value);
    into.used.push({ name, value: String(into.count) });
  } else if (name === '_total') {
    into.total = readTotal(value);
    into.used.push(parameter);
  } else if (INCLUDE.test(name)) {
    gatherInclude(parameter, system, type, into);
  } else if (VIEW_PARAMETERS.has(name) || FORMAT_PARAMETERS.has(name)) {
    into.used.push(parameter);
  } else {
    into.criteria.push(parameter);
  }
}

/**
 * Tells a search's parameters apart and reads those about its result.
 *
 * @throws FhirProblem `invalidParameter` for a value that cannot be read
 */
export function divideParameters(
  parameters: readonly Parameter[],
  system: SystemMapping,
  type: string,
): DividedParameters {
  const gathered: Gathered = { includes: [], criteria: [], used: [], unknown: new Set() };
  for (const parameter of parameters) gather(parameter, system, type, gathered);
  const view = readResultView(parameters);
  if (view.summary === 'text' && gathered.includes.length > 0) {
    const diagnostics = '_summary=text cannot be mixed with _include and _revinclude';
    throw fhirProblem('invalidParameter', diagnostics, 'http._summary');
  }
  const { count = DEFAULT_PAGE_SIZE, total, includes, criteria, used, unknown } = gathered;
  return {
    result: {
      count: view.summary === 'count' ? 0 : count,
      view,
      ...(total === undefined ? {} : { total }),
      includes,
    },
    criteria,
    used,
    unknown: [...unknown],
  };
}
