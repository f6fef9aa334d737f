import { bindTopQuery, rootEnvironment } from '../bind/bind-query.ts';
import type { OutputColumn } from '../bind/environment.ts';
import type { Rendered, StatementContext } from '../bind/statement-context.ts';
import type { Query, Statement } from '../parse/ast.ts';
import { parseBatch } from '../parse/parse-statement.ts';

/** The translation of a query, and what it rests on: the current catalogue and the version of every schema. */
interface QueryPlan extends Rendered {
  readonly columns: readonly OutputColumn[];
  readonly basis: string;
}

/** The plans of queries, for as long as their parsed text is kept. */
export type QueryPlans = WeakMap<Query, QueryPlan>;

/** The plan of a query: the one of an earlier run, if nothing that it rests on has changed. */
export function planOf(query: Query, context: StatementContext, plans: QueryPlans): QueryPlan {
  const basis = `${context.currentCatalogue}\n${context.catalogue.stamp()}`;
  const known = plans.get(query);
  if (known?.basis === basis) return known;
  const bound = bindTopQuery(query, rootEnvironment(context));
  const rendered = context.render(bound.render({ forDisplay: true }));
  const plan = { ...rendered, columns: bound.columns, basis };
  if (context.isReusable) plans.set(query, plan);
  return plan;
}

const MAX_BATCHES = 200;
const MAX_CHARACTERS = 10_000;

/** The parsed texts of late: callers send the same ones again and again. */
export class ParsedBatches {
  readonly #batches = new Map<string, readonly Statement[]>();

  parse(text: string): readonly Statement[] {
    const known = this.#batches.get(text);
    if (known) {
      this.#batches.delete(text);
      this.#batches.set(text, known);
      return known;
    }
    const statements = parseBatch(text);
    if (text.length > MAX_CHARACTERS) return statements;
    this.#batches.set(text, statements);
    const oldest = this.#batches.keys().next().value;
    if (this.#batches.size > MAX_BATCHES && oldest !== undefined) this.#batches.delete(oldest);
    return statements;
  }
}
