import { sqlServerError } from '../errors.ts';
import type { Expression } from '../parse/ast.ts';
import { bindAggregate } from './aggregate.ts';
import { containsAggregate } from './ast-search.ts';
import { AGGREGATES, bindExpression } from './bind-expression.ts';
import type { Bound } from './bound.ts';
import { groupKey, needsGroupKey } from './compare.ts';
import type { Environment } from './environment.ts';
import type { FromScope, Scope, Source } from './scope.ts';

interface Key {
  readonly node: Expression;
  readonly bound: Bound;
  readonly alias: string;
}

/** The scope above GROUP BY: only group keys and aggregates have a value there. */
export class GroupedScope implements Scope {
  readonly parent: Scope | undefined;
  readonly sources: readonly Source[];
  /** The error for a column that is no key: 8120 in the select list, 8121 in HAVING, 8127 in ORDER BY. */
  clauseError = 8120;
  readonly #rows: FromScope;
  readonly #environment: Environment;
  readonly #keys: readonly Key[];
  readonly #aggregates: string[] = [];
  readonly #alias: string;

  constructor(environment: Environment, rows: FromScope, groupBy: readonly Expression[]) {
    this.parent = rows.parent;
    this.sources = rows.sources;
    this.#rows = rows;
    this.#environment = { ...environment, scope: rows };
    this.#alias = environment.context.alias('g');
    this.#keys = groupBy.map((node, index) => {
      if (containsAggregate(node)) {
        throw sqlServerError(
          144,
          'Cannot use an aggregate or a subquery in an expression used for the group by list of a GROUP BY clause.',
        );
      }
      const bound = bindExpression(this.#environment, node);
      if (bound.isConstant) throw sqlServerError(164);
      return { node, bound, alias: `g${index}` };
    });
  }

  column(parts: readonly string[]): Bound | undefined {
    const found = this.#rows.column(parts);
    if (found === undefined) return undefined;
    const key = this.#keyOf(found);
    if (key === undefined)
      throw sqlServerError(this.clauseError, found.columnName ?? parts.join('.'));
    return { ...key, columnName: found.columnName };
  }

  intercept(node: Expression): Bound | undefined {
    if (
      node.kind === 'call' &&
      node.over === undefined &&
      AGGREGATES.has(node.name.toUpperCase())
    ) {
      return bindAggregate(this.#environment, node, (sql) => this.#register(sql));
    }
    const isCandidate =
      node.kind !== 'column' &&
      this.#keys.some((key) => key.node.kind === node.kind) &&
      !containsAggregate(node);
    if (!isCandidate) return undefined;
    return this.#keyOf(bindExpression(this.#environment, node));
  }

  /** FROM clause of the level above, all aggregates being registered; `tail` is the rows' own FROM and WHERE. */
  from(tail: string): string {
    const { context } = this.#environment;
    const keys = this.#keys.map((key) => `${key.bound.sql} AS ${key.alias}`);
    const aggregates = this.#aggregates.map((sql, index) => `${sql} AS a${index}`);
    const columns = [...keys, ...aggregates];
    const groups = this.#keys.map((key) =>
      needsGroupKey(key.bound.type) ? groupKey(context, key.bound) : key.bound.sql,
    );
    // Without keys the one group exists even when no row does.
    const groupBy = groups.length === 0 ? '' : ` GROUP BY ${groups.join(',')}`;
    const list = columns.length === 0 ? 'count(*)' : columns.join(',');
    return `FROM (SELECT ${list} ${tail}${groupBy}) AS ${this.#alias}`;
  }

  get isSingleGroup(): boolean {
    return this.#keys.length === 0;
  }

  #keyOf(bound: Bound): Bound | undefined {
    const key = this.#keys.find((candidate) => candidate.bound.sql === bound.sql);
    return key === undefined
      ? undefined
      : {
          sql: `${this.#alias}.${key.alias}`,
          type: key.bound.type,
          isSimple: true,
          isConstant: false,
        };
  }

  #register(sql: string): string {
    let index = this.#aggregates.indexOf(sql);
    if (index < 0) index = this.#aggregates.push(sql) - 1;
    return `${this.#alias}.a${index}`;
  }
}
