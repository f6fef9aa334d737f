import type { Expression, Query } from '../parse/ast.ts';
import type { SqlType } from '../types/sql-type.ts';
import type { Bound } from './bound.ts';
import type { Scope } from './scope.ts';
import type { StatementContext } from './statement-context.ts';

export interface OutputColumn {
  /** Empty when the statement gives none. */
  readonly name: string;
  readonly type: SqlType;
  readonly isNullable?: boolean | undefined;
  /** A column of the engine's own, which `*` leaves out. */
  readonly isHidden?: boolean | undefined;
}

/** How a query is written out. */
export interface RenderOptions {
  /** The types that the columns shall have; its own when absent. */
  readonly types?: readonly SqlType[] | undefined;
  /** For the wire: integers beyond 2^53 and decimals as text. */
  readonly forDisplay?: boolean | undefined;
  /** For a part of a union: each column with the affinity of its type. */
  readonly isInUnion?: boolean | undefined;
}

/** A query translated to SQLite: a SELECT whose columns are named `c0`, `c1` … */
export interface BoundQuery {
  readonly columns: readonly OutputColumn[];
  readonly atMostOneRow: boolean;
  render(options?: RenderOptions): string;
  /** Of a `UNION ALL` whose rows have these types already: its parts, to stand beside those of another. */
  parts?(types: readonly SqlType[]): readonly string[] | undefined;
}

/** A common table expression in view. */
export interface CommonTableView {
  readonly sqlName: string;
  readonly columns: readonly OutputColumn[];
}

/** All that the meaning of an expression depends on. */
export interface Environment {
  readonly context: StatementContext;
  readonly scope: Scope | undefined;
  readonly commonTables: ReadonlyMap<string, CommonTableView>;
  /** How often a recursive query may call itself; 0 for any number, 100 when left out. */
  readonly maxRecursion?: number | undefined;
  /** The rule for queries: expressions contain queries and the reverse. */
  readonly bindQuery: (query: Query, environment: Environment) => BoundQuery;
  readonly bindFunction: (call: FunctionCall) => Bound;
}

/** A function call whose arguments are bound on demand. */
export interface FunctionCall {
  readonly name: string;
  readonly nodes: readonly Expression[];
  readonly context: StatementContext;
  readonly bind: (index: number) => Bound;
}
