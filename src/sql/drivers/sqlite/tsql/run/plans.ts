import { bindTopQuery, rootEnvironment } from '../bind/bind-query.ts';
import type { OutputColumn } from '../bind/environment.ts';
import type { Question, Values } from '../bind/known.ts';
import type { Rendered, StatementContext } from '../bind/statement-context.ts';
import type { SchemaVersions } from '../catalogue.ts';
import type { Stored } from '../database.ts';
import type { Query, Statement } from '../parse/ast.ts';
import { parseBatch } from '../parse/parse-statement.ts';

/** The translation of a query, and what it rests on beside the values that it has asked about. */
interface QueryPlan extends Rendered {
  readonly columns: readonly OutputColumn[];
  readonly currentCatalogue: string;
  /** The schemas that its names were looked up in. */
  readonly schemas: SchemaVersions;
  readonly questions: readonly Question[];
}

/** The plans of queries, for as long as their parsed text is kept. */
export type QueryPlans = WeakMap<Query, readonly QueryPlan[]>;

/** A query whose values lead to more different plans than this is translated anew each time. */
const MAX_PLANS = 8;

/** A query ready to run with the values of this run. */
export interface PlannedQuery {
  readonly sql: string;
  readonly args: readonly Stored[];
  readonly columns: readonly OutputColumn[];
}

/** The plan of an earlier run, if nothing that it rests on has changed; otherwise a new one. */
export function planOf(query: Query, context: StatementContext, plans: QueryPlans): PlannedQuery {
  let known = plans.get(query) ?? [];
  for (const plan of known) {
    const planned = withValues(plan, context.values);
    if (planned && isCurrent(plan, context)) return planned;
    if (planned) known = known.filter((other) => other !== plan);
  }
  const { catalogue, currentCatalogue } = context;
  catalogue.takeConsulted();
  const bound = bindTopQuery(query, rootEnvironment(context));
  const rendered = context.render(bound.render({ forDisplay: true }));
  const { questions } = context;
  if (questions) {
    const schemas = catalogue.takeConsulted();
    const plan = { ...rendered, columns: bound.columns, currentCatalogue, schemas, questions };
    plans.set(query, [plan, ...known].slice(0, MAX_PLANS));
  }
  const args = rendered.origins.map((origin) => context.values.of(origin));
  return { sql: rendered.sql, args, columns: bound.columns };
}

function isCurrent(plan: QueryPlan, { catalogue, currentCatalogue }: StatementContext): boolean {
  return plan.currentCatalogue === currentCatalogue && catalogue.isUnchanged(plan.schemas);
}

/** Undefined when the plan is not one for these values; then the translation tells why they fail, if they do. */
function withValues(plan: QueryPlan, values: Values): PlannedQuery | undefined {
  try {
    if (!plan.questions.every((question) => values.agreesWith(question))) return undefined;
    const args = plan.origins.map((origin) => values.of(origin));
    return { sql: plan.sql, args, columns: plan.columns };
  } catch {
    return undefined;
  }
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
