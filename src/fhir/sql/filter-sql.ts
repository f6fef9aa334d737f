import { type RawBuilder, sql } from 'kysely';
import type { Value } from '../../sql/driver.ts';
import type { ColumnRef, Condition } from '../mapping/system-mapping.ts';
import type { Comparison, Link, SearchFilter } from '../search/index.ts';
import { fixedCondition } from './fixed-condition.ts';
import { inSql } from './in-sql.ts';
import { joined } from './joined.ts';
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
  return { left, right: searchedValue(column.column, value) };
}

/** Rows of another SELECT exist whose columns equal these; an IN where there is one column, which more planners turn round. */
function existsSql(
  outer: RelationScope,
  inner: RelationScope,
  links: readonly Link[],
  condition: Sql,
): Sql {
  const [link] = links;
  const pairs = links.map((own) => ({
    outer: outer.column(own.outer),
    inner: inner.column(own.inner),
  }));
  const [pair] = pairs;
  if (link && pair && links.length === 1 && outer.context.dialect !== 'firebird') {
    return sql`${pair.outer} IN (SELECT ${pair.inner} FROM ${inner.from()} WHERE ${condition})`;
  }
  const equal = pairs.map((own) => sql`${own.inner} = ${own.outer}`);
  return sql`EXISTS (SELECT 1 FROM ${inner.from()} WHERE ${joined([...equal, condition], 'AND')})`;
}

function childSql(
  scope: RelationScope,
  name: string,
  condition: (inner: RelationScope) => Sql,
): Sql {
  const child = scope.mapping.children.get(name);
  if (!child) throw new Error(`The mapping of ${scope.mapping.type} has no child ${name}.`);
  const inner = scope.ofChild(child);
  const conditions = [
    condition(inner),
    ...child.where.map((own) => fixedCondition(own, inner.column(own.column))),
  ];
  const links = child.parent.map((own) => ({ outer: own.parent, inner: own.child }));
  return existsSql(scope, inner, links, joined(conditions, 'AND'));
}

/** What every row of a type must fulfil that can be found at all. */
export function foundSql(scope: RelationScope, withDeleted = false): Sql[] {
  const { where, deleted } = scope.mapping;
  const conditions = where.map((own) => fixedCondition(own, scope.column(own.column)));
  if (withDeleted || deleted.length === 0) return conditions;
  return [...conditions, notDeletedSql(scope, deleted)];
}

/** One flag is compared as such, which an index or a filter of it can answer. */
function notDeletedSql(scope: RelationScope, deleted: readonly Condition[]): Sql {
  const [mark] = deleted;
  if (mark && deleted.length === 1 && mark.test === 'equals') {
    return fixedCondition({ ...mark, test: 'notEquals' }, scope.column(mark.column));
  }
  const marks = deleted.map((own) => fixedCondition(own, scope.column(own.column)));
  return notSql(joined(marks, 'AND'));
}

function notSql(condition: Sql): Sql {
  return sql`CASE WHEN ${condition} THEN 1 ELSE 0 END = 0`;
}

function relatedSql(
  scope: RelationScope,
  { mapping, links, where, filter }: Extract<SearchFilter, { kind: 'related' }>,
): Sql {
  const inner = RelationScope.ofResource(scope.context, mapping);
  const child = links[0]?.inner.child;
  const conditions = [...foundSql(inner), filterSql(inner, filter)];
  const fixed = (rows: RelationScope): Sql[] =>
    where.map((own) => fixedCondition(own, rows.column(own.column)));
  if (child === undefined) {
    return existsSql(scope, inner, links, joined([...conditions, ...fixed(inner)], 'AND'));
  }
  const linked = childSql(inner, child, (rows) => {
    const equal = links.map((own) => sql`${rows.column(own.inner)} = ${scope.column(own.outer)}`);
    return joined([...equal, ...fixed(rows)], 'AND');
  });
  return sql`EXISTS (SELECT 1 FROM ${inner.from()} WHERE ${joined([linked, ...conditions], 'AND')})`;
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
      return filter.filter.kind === 'isNull'
        ? nullSql(scope.column(filter.filter.column), filter.filter.column.column, false)
        : notSql(filterSql(scope, filter.filter));
    case 'fixed':
      return fixedCondition(filter.condition, scope.column(filter.condition.column));
    case 'isNull':
      return nullSql(scope.column(filter.column), filter.column.column, true);
    case 'compare': {
      const { left, right } = comparedSides(scope, filter.column, filter.value);
      return sql`${left} ${OPERATORS[filter.comparison]} ${right}`;
    }
    case 'in':
      return inSql(scope, filter.column, filter.values);
    case 'text':
      return textSql(scope, filter);
    case 'child':
      return childSql(scope, filter.child, (inner) => filterSql(inner, filter.filter));
    case 'related':
      return relatedSql(scope, filter);
  }
}
