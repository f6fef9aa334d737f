import { type RawBuilder, sql } from 'kysely';
import type { Value } from '../../sql/driver.ts';
import type { ChildRelation, ColumnRef, Condition } from '../mapping/system-mapping.ts';
import type { Comparison, Link, SearchFilter } from '../search/index.ts';
import { inSql } from './in-sql.ts';
import { ALWAYS, joined, NEVER } from './joined.ts';
import { comparable } from './long-text.ts';
import { nullSql } from './null-sql.ts';
import { RelationScope } from './relation-scope.ts';
import { plainValue, searchedValue } from './sql-parameter.ts';
import { textSql } from './text-sql.ts';

type Sql = RawBuilder<unknown>;

const OPERATORS = {
  equals: sql`=`,
  less: sql`<`,
  atMost: sql`<=`,
  greater: sql`>`,
  atLeast: sql`>=`,
} as const satisfies Record<Comparison, Sql>;

const OPPOSITE = {
  equals: sql`<>`,
  less: sql`>=`,
  atMost: sql`>`,
  greater: sql`<=`,
  atLeast: sql`<`,
} as const satisfies Record<Comparison, Sql>;

/** What a column is compared as: SQLite keeps moments as text, whose offsets differ, and times within moments. */
function comparedSides(
  scope: RelationScope,
  column: ColumnRef,
  value: Value,
): { left: Sql; right: Sql } {
  const { dialect } = scope.context;
  const left = scope.column(column);
  const { type } = column.column;
  if (type === 'datetime' && typeof value === 'string' && !value.includes('-')) {
    const right = plainValue('Time', value);
    if (dialect === 'sqlite') return { left: sql`substr(${left}, 12)`, right };
    return { left: sql`CAST(${left} AS time)`, right };
  }
  if (type === 'datetimeoffset' && dialect === 'sqlite' && typeof value === 'string') {
    const universal = new Date(value).toISOString().slice(0, 23);
    return {
      left: sql`strftime('%Y-%m-%dT%H:%M:%f', ${left})`,
      right: plainValue('NVarChar', universal),
    };
  }
  return {
    left: comparable(left, column.column, dialect),
    right: searchedValue(column.column, value),
  };
}

/** Rows of another SELECT, by the columns that they are found by. */
interface Rows {
  readonly inner: RelationScope;
  readonly links: readonly Link[];
  readonly condition: Sql;
}

/** Such rows exist: an IN where there is one column, which more planners turn round. */
function existsSql(outer: RelationScope, { inner, links, condition }: Rows): Sql {
  if (condition === NEVER) return NEVER;
  const [link] = links;
  if (link && links.length === 1 && outer.context.dialect !== 'firebird') {
    const [own, found] = [outer.column(link.outer), inner.column(link.inner)];
    const where = condition === ALWAYS ? sql`` : sql` WHERE ${condition}`;
    return sql`${own} IN (SELECT ${found} FROM ${inner.from()}${where})`;
  }
  return sql`EXISTS (${linkedSelect(outer, { inner, links, condition })})`;
}

/** No such rows exist. A NOT IN would be unknown where a column is NULL. */
function existsNotSql(outer: RelationScope, rows: Rows): Sql {
  return rows.condition === NEVER ? ALWAYS : sql`NOT EXISTS (${linkedSelect(outer, rows)})`;
}

function linkedSelect(outer: RelationScope, { inner, links, condition }: Rows): Sql {
  const equal = links.map((own) => sql`${inner.column(own.inner)} = ${outer.column(own.outer)}`);
  const where = joined([...equal, condition], 'AND');
  return sql`SELECT 1 FROM ${inner.from()} WHERE ${where}`;
}

function childOf({ mapping }: RelationScope, name: string): ChildRelation {
  const child = mapping.children.get(name);
  if (!child) throw new Error(`The mapping of ${mapping.type} has no child ${name}.`);
  return child;
}

function childRows(
  scope: RelationScope,
  name: string,
  condition: (inner: RelationScope) => Sql,
): Rows {
  const child = childOf(scope, name);
  const inner = scope.ofChild(child);
  const conditions = [condition(inner), ...child.where.map((own) => inner.fixed(own))];
  const links = child.parent.map((own) => ({ outer: own.parent, inner: own.child }));
  return { inner, links, condition: joined(conditions, 'AND') };
}

/** What every row of a type must fulfil that can be found at all. */
export function foundSql(scope: RelationScope, withDeleted = false): Sql[] {
  const { where, deleted } = scope.mapping;
  const conditions = where.map((own) => scope.fixed(own));
  if (withDeleted || deleted.length === 0) return conditions;
  return [...conditions, notDeletedSql(scope, deleted)];
}

/** One flag is compared as such, which an index or a filter of it can answer. */
function notDeletedSql(scope: RelationScope, deleted: readonly Condition[]): Sql {
  const [mark] = deleted;
  if (mark && deleted.length === 1 && mark.test === 'equals') {
    return scope.fixed({ ...mark, test: 'notEquals' });
  }
  return notSql(
    joined(
      deleted.map((own) => scope.fixed(own)),
      'AND',
    ),
  );
}

/** The condition is false, or unknown since it is of NULL. */
function notSql(condition: Sql): Sql {
  if (condition === ALWAYS) return NEVER;
  if (condition === NEVER) return ALWAYS;
  return sql`CASE WHEN ${condition} THEN 1 ELSE 0 END = 0`;
}

/** Rows of the related resources; where a child relation has the links, its rows, which databases find by them. */
function relatedRows(
  scope: RelationScope,
  { mapping, links, where, filter }: Extract<SearchFilter, { kind: 'related' }>,
): Rows {
  const inner = RelationScope.ofResource(scope.context, mapping);
  const name = links[0]?.inner.child;
  const conditions = [...foundSql(inner), filterSql(inner, filter)];
  const fixed = (rows: RelationScope): Sql[] => where.map((own) => rows.fixed(own));
  if (name === undefined) {
    return { inner, links, condition: joined([...conditions, ...fixed(inner)], 'AND') };
  }
  const child = childOf(inner, name);
  const rows = inner.ofChild(child);
  const parent = existsSql(rows, {
    inner,
    links: child.parent.map((own) => ({ outer: own.child, inner: own.parent })),
    condition: joined(conditions, 'AND'),
  });
  const own = [...child.where.map((each) => rows.fixed(each)), ...fixed(rows), parent];
  return { inner: rows, links, condition: joined(own, 'AND') };
}

/** The filter does not hold: written so that servers see what is compared. */
function negatedSql(scope: RelationScope, filter: SearchFilter): Sql {
  const orNull = (column: ColumnRef, condition: Sql): Sql =>
    column.isNullable ? sql`(${condition} OR ${scope.column(column)} IS NULL)` : condition;
  switch (filter.kind) {
    case 'all':
    case 'any':
      return joined(
        filter.filters.map((own) => negatedSql(scope, own)),
        filter.kind === 'all' ? 'OR' : 'AND',
      );
    case 'not':
      return filterSql(scope, filter.filter);
    case 'isNull':
      return nullSql(scope.column(filter.column), filter.column, false);
    case 'compare': {
      const { left, right } = comparedSides(scope, filter.column, filter.value);
      return orNull(filter.column, sql`${left} ${OPPOSITE[filter.comparison]} ${right}`);
    }
    case 'in':
      return orNull(filter.column, inSql(scope, filter.column, filter.values, 'NOT IN'));
    case 'child': {
      const { child, filter: own } = filter;
      return existsNotSql(
        scope,
        childRows(scope, child, (inner) => filterSql(inner, own)),
      );
    }
    case 'related':
      return existsNotSql(scope, relatedRows(scope, filter));
    case 'fixed':
    case 'otherThan':
    case 'text':
      return notSql(filterSql(scope, filter));
  }
}

/** A filter as a condition of the scope's SELECT. */
export function filterSql(scope: RelationScope, filter: SearchFilter): Sql {
  switch (filter.kind) {
    case 'all':
    case 'any':
      return joined(
        filter.filters.map((own) => filterSql(scope, own)),
        filter.kind === 'all' ? 'AND' : 'OR',
      );
    case 'not':
      return negatedSql(scope, filter.filter);
    case 'fixed':
      return scope.fixed(filter.condition);
    case 'isNull':
      return nullSql(scope.column(filter.column), filter.column, true);
    case 'compare': {
      const { left, right } = comparedSides(scope, filter.column, filter.value);
      return sql`${left} ${OPERATORS[filter.comparison]} ${right}`;
    }
    case 'in':
      return inSql(scope, filter.column, filter.values, 'IN');
    case 'otherThan': {
      const { column, values } = filter;
      const others = inSql(scope, column, values, 'NOT IN');
      return joined([nullSql(scope.column(column), column, false), others], 'AND');
    }
    case 'text':
      return textSql(scope, filter);
    case 'child':
      return existsSql(
        scope,
        childRows(scope, filter.child, (inner) => filterSql(inner, filter.filter)),
      );
    case 'related':
      return existsSql(scope, relatedRows(scope, filter));
  }
}
