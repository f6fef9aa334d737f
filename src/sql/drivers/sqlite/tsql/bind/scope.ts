import { sqlServerError } from '../errors.ts';
import type { Expression } from '../parse/ast.ts';
import type { SqlType } from '../types/sql-type.ts';
import { type Bound, quoteName } from './bound.ts';

export interface SourceColumn {
  readonly name: string;
  readonly type: SqlType;
  /** SQL of the value, already qualified. */
  readonly sql: string;
  readonly isNullable?: boolean | undefined;
  readonly isIdentity?: boolean | undefined;
  readonly isHidden?: boolean | undefined;
}

/** A table, view or subquery in FROM. */
export interface Source {
  /** As later names refer to it, lower case: the alias or the table's own name. */
  readonly exposedName: string;
  /** For messages. */
  readonly displayName: string;
  /** Accepted in front of the table's name (`dbo`, `Catalogue.dbo`), when no alias replaces it. */
  readonly qualifiers: readonly string[];
  readonly columns: readonly SourceColumn[];
  readonly alias: string;
}

/** Where names are looked up. Inner scopes see outer ones. */
export interface Scope {
  readonly parent: Scope | undefined;
  readonly sources: readonly Source[];
  column(parts: readonly string[]): Bound | undefined;
  /** Takes over expressions that this level computes itself (aggregates, window functions, group keys). */
  intercept?(node: Expression): Bound | undefined;
}

function boundColumn(source: Source, column: SourceColumn): Bound {
  return {
    sql: column.sql,
    type: column.type,
    isSimple: true,
    isConstant: false,
    columnName: `${source.displayName}.${column.name}`,
    isNullable: column.isNullable,
  };
}

function matchesQualifier(source: Source, qualifier: readonly string[]): boolean {
  const [name = '', schema, catalogue] = qualifier.map((part) => part.toLowerCase()).toReversed();
  if (source.exposedName !== name) return false;
  if (schema === undefined) return true;
  const [ownSchema, ownCatalogue] = source.qualifiers;
  if (ownSchema === undefined || (schema !== '' && schema !== ownSchema)) return false;
  return catalogue === undefined || catalogue === ownCatalogue;
}

/** Names of the sources of one FROM clause. */
export class FromScope implements Scope {
  readonly parent: Scope | undefined;
  readonly sources: readonly Source[];

  constructor(sources: readonly Source[], parent: Scope | undefined) {
    this.sources = sources;
    this.parent = parent;
  }

  column(parts: readonly string[]): Bound | undefined {
    const name = parts.at(-1)?.toLowerCase();
    const qualifier = parts.slice(0, -1);
    const found: Bound[] = [];
    for (const source of this.sources) {
      if (qualifier.length > 0 && !matchesQualifier(source, qualifier)) continue;
      for (const column of source.columns) {
        if (column.name.toLowerCase() === name) found.push(boundColumn(source, column));
      }
    }
    if (found.length > 1) throw sqlServerError(209, parts.at(-1) ?? '');
    if (found[0] !== undefined) return found[0];
    if (
      qualifier.length > 0 &&
      this.sources.some((source) => matchesQualifier(source, qualifier))
    ) {
      throw sqlServerError(207, parts.at(-1) ?? '');
    }
    return undefined;
  }

  /** The columns that `*` or `t.*` stands for. */
  star(qualifier: readonly string[]): { name: string; bound: Bound }[] {
    const sources = this.sources.filter(
      (source) => qualifier.length === 0 || matchesQualifier(source, qualifier),
    );
    if (sources.length === 0 && qualifier.length > 0) {
      throw sqlServerError(
        107,
        `The column prefix '${qualifier.join('.')}' does not match with a table name or alias name used in the query.`,
      );
    }
    return sources.flatMap((source) =>
      source.columns
        .filter((column) => column.isHidden !== true)
        .map((column) => ({ name: column.name, bound: boundColumn(source, column) })),
    );
  }
}

/** The name's nearest meaning, outwards. */
export function resolveColumn(scope: Scope | undefined, parts: readonly string[]): Bound {
  for (let level = scope; level !== undefined; level = level.parent) {
    const found = level.column(parts);
    if (found !== undefined) return found;
  }
  throw parts.length > 1
    ? sqlServerError(4104, parts.join('.'))
    : sqlServerError(207, parts[0] ?? '');
}

export function qualifiedColumn(alias: string, column: string): string {
  return `${quoteName(alias)}.${quoteName(column)}`;
}
