import { createHash } from 'node:crypto';
import type { Bound } from './bound.ts';

/*
 * Values that are computed once and used by name. SQLite's parser takes a hundred symbols of nesting, which a few
 * subqueries within each other exhaust. So names that follow each other stand side by side in one WITH.
 */

interface Step {
  readonly name: string;
  readonly sql: string;
}

interface Chain {
  readonly steps: readonly Step[];
  readonly body: string;
}

/** The parts of the texts that {@link onceSql} has made: a chain within a chain becomes part of it. */
const chains = new Map<string, Chain>();
const MAX_KEPT_CHAINS = 20_000;

/** Called between statements. */
export function forgetChains(): void {
  if (chains.size > MAX_KEPT_CHAINS) chains.clear();
}

/** A name given by {@link onceSql}, a column, a parameter or a short constant. */
const NEEDS_NO_NAME =
  /^(?:v[0-9a-f]{12}\.v|t\d+\."[^"]+"|[a-z]+\d+\.[a-z]\d+|\ue000\d+\ue000|-?\d+)$/;
const NAME = /\bv[0-9a-f]{12}(?=\.v\b)/g;

/** Equal texts get equal names, so that equal expressions stay equal texts. */
function nameOf(sql: string): string {
  return `v${createHash('sha1').update(sql).digest('hex').slice(0, 12)}`;
}

/** `body` over a name for the value of `sql`, which is computed once. */
export function onceSql(sql: string, body: (sql: string) => string): string {
  if (NEEDS_NO_NAME.test(sql)) return body(sql);
  const own = chains.get(sql);
  const value = own?.body ?? sql;
  const name = nameOf(value);
  const result = body(`${name}.v`);
  const rest = chains.get(result);
  const steps = new Map<string, Step>();
  for (const step of [...(own?.steps ?? []), { name, sql: value }, ...(rest?.steps ?? [])]) {
    if (!steps.has(step.name)) steps.set(step.name, step);
  }
  return chainSql({ steps: [...steps.values()], body: rest?.body ?? result });
}

export function once(bound: Bound, body: (sql: string) => string): string {
  return bound.isSimple ? body(bound.sql) : onceSql(bound.sql, body);
}

/** `body` over the value itself, taken out of `sql` where that nests already. Both are computed in any case. */
export function unnested(sql: string, body: (sql: string) => string): string {
  return chains.has(sql) ? onceSql(sql, body) : body(sql);
}

function chainSql(chain: Chain): string {
  const known = new Set<string>();
  const fromKnown = (sql: string): string => {
    const used = new Set([...sql.matchAll(NAME)].map(([name]) => name));
    const sources = [...used].filter((name) => known.has(name));
    return sources.length === 0 ? '' : ` FROM ${sources.join(',')}`;
  };
  const definitions = chain.steps.map(({ name, sql }) => {
    const from = fromKnown(sql);
    known.add(name);
    // What has a FROM would be copied to each of its uses if it were not materialized.
    return `${name}(v) AS ${from === '' ? '' : 'MATERIALIZED '}(SELECT ${sql}${from})`;
  });
  const text = `(WITH ${definitions.join(',')} SELECT ${chain.body}${fromKnown(chain.body)})`;
  chains.set(text, chain);
  return text;
}
