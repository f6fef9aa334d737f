import { type RawBuilder, sql } from 'kysely';
import type { Value } from '../../sql/driver.ts';
import type {
  ChildRelation,
  ColumnRef,
  ResourceMapping,
  SqlDialectName,
} from '../mapping/system-mapping.ts';
import { valueText } from '../search/index.ts';
import { ColumnList } from './column-list.ts';
import { joined } from './joined.ts';
import { keysCondition } from './keys-condition.ts';
import type { ChildStatement } from './page.ts';
import type { PageRow } from './page-row.ts';
import { compileStatement } from './query-compilers.ts';
import { QueryContext, RelationScope } from './relation-scope.ts';

/** Columns of the resource by which its children's rows are found. */
export function parentColumns(
  mapping: ResourceMapping,
  columns: readonly ColumnRef[],
): ColumnRef[] {
  return childNames(columns).flatMap((name) =>
    childOf(mapping, name).parent.map(({ parent }) => parent),
  );
}

function childNames(columns: readonly ColumnRef[]): string[] {
  return [...new Set(columns.flatMap(({ child }) => child ?? []))];
}

function childOf(mapping: ResourceMapping, name: string): ChildRelation {
  const child = mapping.children.get(name);
  if (!child) throw new Error(`The mapping of ${mapping.type} has no child ${name}.`);
  return child;
}

/** What two values have in common that a database joins: texts without regard to case and blanks at their end. */
function linkKey(values: readonly Value[]): string {
  return JSON.stringify(
    values.map((value) => {
      const text = valueText(value);
      return typeof value === 'string' ? text?.trimEnd().toLowerCase() : text;
    }),
  );
}

function orderSql(scope: RelationScope, orderBy: readonly ColumnRef[]): RawBuilder<unknown> {
  if (orderBy.length === 0) return sql``;
  return sql` ORDER BY ${sql.join(orderBy.map((column) => scope.column(column)))}`;
}

/** Rows of one child relation for some of a page's rows. */
function childStatement(
  dialect: SqlDialectName,
  mapping: ResourceMapping,
  { child, columns }: { readonly child: ChildRelation; readonly columns: readonly ColumnRef[] },
  parents: ReadonlyMap<string, { readonly key: readonly Value[]; readonly rows: PageRow[] }>,
): ChildStatement {
  const scope = RelationScope.ofResource(new QueryContext(dialect), mapping).ofChild(child);
  const links = child.parent.map((link) => link.child);
  const list = new ColumnList([...links, ...columns]);
  const select = list.select(scope);
  const conditions = [
    keysCondition(
      scope,
      links,
      [...parents.values()].map(({ key }) => key),
    ),
    ...child.where.map((own) => scope.fixed(own)),
  ];
  const order = orderSql(scope, child.orderBy);
  const query = sql`SELECT ${select} FROM ${scope.from()} WHERE ${joined(conditions, 'AND')}${order}`;
  return {
    child: child.name,
    statement: compileStatement(dialect, query, child.catalogue ?? mapping.catalogue),
    attach({ rows }) {
      for (const values of rows) {
        const key = linkKey(links.map((column) => list.valueOf(values, column)));
        for (const parent of parents.get(key)?.rows ?? []) {
          parent.addChild(child.name, list, values);
        }
      }
    },
  };
}

/** Keys of one statement at most. */
const MAX_KEYS = 1_000;

/** Lists of a length, the last one shorter. */
export function chunksOf<T>(list: readonly T[], length = MAX_KEYS): T[][] {
  const chunks: T[][] = [];
  for (let from = 0; from < list.length; from += length)
    chunks.push(list.slice(from, from + length));
  return chunks;
}

/** The statements that give a page's rows the children among the wanted columns. */
export function childStatements(
  dialect: SqlDialectName,
  mapping: ResourceMapping,
  wanted: readonly ColumnRef[],
  rows: readonly PageRow[],
): ChildStatement[] {
  return childNames(wanted).flatMap((name) => {
    const child = childOf(mapping, name);
    const columns = wanted.filter((column) => column.child === name);
    const parents = new Map<string, { key: readonly Value[]; rows: PageRow[] }>();
    for (const row of rows) {
      row.beginChildren(name);
      const key = child.parent.map(({ parent }) => row.value(parent));
      if (key.includes(null)) continue;
      const text = linkKey(key);
      const known = parents.get(text);
      if (known) known.rows.push(row);
      else parents.set(text, { key, rows: [row] });
    }
    return chunksOf([...parents], Math.floor(MAX_KEYS / child.parent.length)).map((chunk) =>
      childStatement(dialect, mapping, { child, columns }, new Map(chunk)),
    );
  });
}
