import { sqlServerError, unsupported } from '../errors.ts';
import type { CallExpression, Expression, WindowSpecification } from '../parse/ast.ts';
import { convertImplicitly } from '../types/convert.ts';
import { BIGINT, FLOAT } from '../types/sql-type.ts';
import { bindAggregate } from './aggregate.ts';
import { AGGREGATES, bindExpression } from './bind-expression.ts';
import type { Bound } from './bound.ts';
import { groupKey, orderKey } from './compare.ts';
import type { Environment } from './environment.ts';
import type { Scope, Source } from './scope.ts';

const RANKINGS: ReadonlySet<string> = new Set(['ROW_NUMBER', 'RANK', 'DENSE_RANK', 'NTILE']);

/**
 * The level above a select's rows or groups when window functions are used: it sees their results and the lower
 * level's columns as plain columns, so that expressions may hold them anywhere.
 */
export class WindowScope implements Scope {
  readonly parent: Scope | undefined;
  readonly sources: readonly Source[];
  readonly #base: Scope;
  readonly #environment: Environment;
  readonly #columns: string[] = [];
  readonly #alias: string;

  constructor(environment: Environment, base: Scope) {
    this.parent = base.parent;
    this.sources = base.sources;
    this.#base = base;
    this.#environment = { ...environment, scope: base };
    this.#alias = environment.context.alias('w');
  }

  column(parts: readonly string[]): Bound | undefined {
    const found = this.#base.column(parts);
    return found === undefined ? undefined : this.#lift(found);
  }

  intercept(node: Expression): Bound | undefined {
    if (node.kind === 'call' && node.over !== undefined) return this.#window(node, node.over);
    const found = this.#base.intercept?.(node);
    return found === undefined ? undefined : this.#lift(found);
  }

  from(tail: string): string {
    const columns = this.#columns.map((sql, index) => `${sql} AS x${index}`);
    return `FROM (SELECT ${columns.length === 0 ? '1' : columns.join(',')} ${tail}) AS ${this.#alias}`;
  }

  #lift(bound: Bound): Bound {
    if (bound.isConstant) return bound;
    return { ...bound, sql: this.#register(bound.sql), isSimple: true };
  }

  #register(sql: string): string {
    let index = this.#columns.indexOf(sql);
    if (index < 0) index = this.#columns.push(sql) - 1;
    return `${this.#alias}.x${index}`;
  }

  #window(node: CallExpression, over: WindowSpecification): Bound {
    const name = node.name.toUpperCase();
    const register = (sql: string): string =>
      this.#register(`${sql} OVER (${this.#overSql(over)})`);
    if (AGGREGATES.has(name)) {
      if (node.isDistinct)
        throw sqlServerError(10759, 'Use of DISTINCT is not allowed with the OVER clause.');
      return bindAggregate(this.#environment, node, register);
    }
    if (over.orderBy.length === 0) throw sqlServerError(4112, node.name);
    if (RANKINGS.has(name)) {
      const argument = name === 'NTILE' ? this.#argument(node, 0).sql : '';
      return this.#result(register(`${name.toLowerCase()}(${argument})`), BIGINT);
    }
    if (name === 'PERCENT_RANK' || name === 'CUME_DIST') {
      return this.#result(register(`${name.toLowerCase()}()`), FLOAT);
    }
    return this.#neighbour(node, name, register);
  }

  #neighbour(node: CallExpression, name: string, register: (sql: string) => string): Bound {
    const value = this.#argument(node, 0);
    switch (name) {
      case 'FIRST_VALUE':
      case 'LAST_VALUE':
        return this.#result(register(`${name.toLowerCase()}(${value.sql})`), value.type);
      case 'LAG':
      case 'LEAD': {
        const offset = node.args.length > 1 ? this.#argument(node, 1).sql : '1';
        const otherwise =
          node.args.length > 2
            ? convertImplicitly(this.#environment.context, this.#argument(node, 2), value.type).sql
            : 'NULL';
        const sql = `${name.toLowerCase()}(${value.sql},${offset},${otherwise})`;
        return this.#result(register(sql), value.type);
      }
      default:
        throw unsupported(`${node.name} … OVER`);
    }
  }

  #result(sql: string, type: Bound['type']): Bound {
    return { sql, type, isSimple: true, isConstant: false };
  }

  #argument(node: CallExpression, index: number): Bound {
    const argument = node.args[index];
    if (argument === undefined) throw sqlServerError(174, node.name.toLowerCase(), index + 1);
    return bindExpression(this.#environment, argument);
  }

  #overSql(over: WindowSpecification): string {
    const { context } = this.#environment;
    const partition = over.partitionBy.map((node) =>
      groupKey(context, bindExpression(this.#environment, node)),
    );
    const order = over.orderBy.map(({ expression, descending }) => {
      if (expression.kind === 'literal' && expression.type === 'integer')
        throw sqlServerError(5308);
      const key = orderKey(context, bindExpression(this.#environment, expression));
      return `${key}${descending ? ' DESC' : ''}`;
    });
    return [
      partition.length === 0 ? '' : `PARTITION BY ${partition.join(',')}`,
      order.length === 0 ? '' : `ORDER BY ${order.join(',')}`,
      over.frame ?? '',
    ]
      .filter((clause) => clause !== '')
      .join(' ');
  }
}
