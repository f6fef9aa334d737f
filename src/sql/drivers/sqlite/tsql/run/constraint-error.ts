import type { SqlError } from '../../../../sql-error.ts';
import { quoteName } from '../bind/bound.ts';
import type { StatementContext } from '../bind/statement-context.ts';
import type { ForeignKey, Table } from '../catalogue.ts';
import { sqlServerError } from '../errors.ts';
import { type BoundChange, tableName } from './change.ts';
import { toSqlError } from './sqlite-error.ts';
import { decoderOf } from './values.ts';

/** A failed change as SQL Server words it: which constraint, which table, which value. */
export function changeError(
  context: StatementContext,
  change: BoundChange,
  error: unknown,
): SqlError {
  const message = error instanceof Error ? error.message : '';
  const [, kind, detail = ''] =
    /^(NOT NULL|UNIQUE|CHECK|FOREIGN KEY) constraint failed(?:: (.*))?$/s.exec(message) ?? [];
  switch (kind) {
    case 'NOT NULL':
      return sqlServerError(
        515,
        columnOf(detail),
        `${change.table.catalogue}.dbo.${change.table.name}`,
        change.verb,
      );
    case 'UNIQUE':
      return duplicateError(context, change, detail.split(', ').map(columnOf));
    case 'CHECK':
      return checkError(context, change, detail);
    case 'FOREIGN KEY':
      return foreignKeyError(context, change);
    default:
      return toSqlError(error);
  }
}

function columnOf(qualified: string): string {
  return qualified.slice(qualified.lastIndexOf('.') + 1);
}

function sameColumns(left: readonly string[], right: readonly string[]): boolean {
  return left.join('\0').toLowerCase() === right.join('\0').toLowerCase();
}

function duplicateError(
  context: StatementContext,
  change: BoundChange,
  columns: readonly string[],
): SqlError {
  const { table } = change;
  const key = table.keys.find((candidate) => sameColumns(candidate.columns, columns));
  const values = duplicateValue(context, change, columns);
  const object = `dbo.${table.name}`;
  return key === undefined
    ? sqlServerError(2601, object, `IX_${table.name}_${columns.join('_')}`, values)
    : sqlServerError(2627, key.kind, key.name, object, values);
}

/** The first of the new keys that the table has already, or that comes twice. */
function duplicateValue(
  context: StatementContext,
  { source, table }: BoundChange,
  columns: readonly string[],
): string {
  const sources = columns.map((column) => source?.columns.get(column.toLowerCase()));
  if (source === undefined || sources.includes(undefined)) return '';
  const matches = columns
    .map((column, index) => `o.${quoteName(column)}=n.${sources[index] ?? ''}`)
    .join(' AND ');
  const list = sources.map((name) => `n.${name ?? ''}`).join(',');
  const existing = `SELECT ${list} FROM (${source.sql}) AS n WHERE EXISTS(SELECT 1 FROM ${tableName(table)} AS o WHERE ${matches}) LIMIT 1`;
  const repeated = `SELECT ${list} FROM (${source.sql}) AS n GROUP BY ${list} HAVING count(*)>1 LIMIT 1`;
  const row = context.rows(existing)[0] ?? context.rows(repeated)[0];
  return (row ?? [])
    .map((value, index) => {
      const column = table.columns.find(
        (own) => own.name.toLowerCase() === columns[index]?.toLowerCase(),
      );
      const decoded = column === undefined ? value : decoderOf(column.type)(value);
      return decoded === null ? '<NULL>' : String(decoded);
    })
    .join(', ');
}

function checkError(
  context: StatementContext,
  { verb, table }: BoundChange,
  name: string,
): SqlError {
  const rows = context.rows(
    `SELECT sql FROM ${quoteName(table.schema)}.sqlite_master WHERE type='table' AND name=${context.parameter(table.name)}`,
  );
  const text = String(rows[0]?.[0] ?? '');
  const body =
    text.slice(text.indexOf(name) + name.length).split(/\bCONSTRAINT\b|,\s*\n/i)[0] ?? '';
  const named = table.columns.filter((column) =>
    new RegExp(`\\b${column.name}\\b`, 'i').test(body),
  );
  const where = named.length === 1 ? `, column '${named[0]?.name ?? ''}'` : '';
  return sqlServerError(547, verb, 'CHECK', name, table.catalogue, `dbo.${table.name}`, where);
}

function foreignKeyError(context: StatementContext, change: BoundChange): SqlError {
  const { table } = change;
  const broken = change.verb === 'DELETE' ? undefined : brokenParent(context, change);
  if (broken !== undefined) {
    const column =
      broken.parentColumns.length === 1 ? `, column '${broken.parentColumns[0] ?? ''}'` : '';
    return sqlServerError(
      547,
      change.verb,
      'FOREIGN KEY',
      broken.name,
      table.catalogue,
      `dbo.${broken.parent}`,
      column,
    );
  }
  const child = brokenChild(context, change);
  if (child === undefined)
    return sqlServerError(
      547,
      change.verb,
      'FOREIGN KEY',
      '',
      table.catalogue,
      `dbo.${table.name}`,
      '',
    );
  const [owner, key] = child;
  const column = key.columns.length === 1 ? `, column '${key.columns[0] ?? ''}'` : '';
  return sqlServerError(
    547,
    change.verb,
    'REFERENCE',
    key.name,
    table.catalogue,
    `dbo.${owner.name}`,
    column,
  );
}

/** The foreign key whose new value has no parent row. */
function brokenParent(
  context: StatementContext,
  { source, table }: BoundChange,
): ForeignKey | undefined {
  if (source === undefined) return undefined;
  return table.foreignKeys.find((key) => {
    const sources = key.columns.map((column) => source.columns.get(column.toLowerCase()));
    if (sources.includes(undefined)) return false;
    const isSet = sources.map((name) => `n.${name ?? ''} IS NOT NULL`).join(' AND ');
    const matches = key.parentColumns
      .map((column, index) => `p.${quoteName(column)}=n.${sources[index] ?? ''}`)
      .join(' AND ');
    const parent = `${quoteName(table.schema)}.${quoteName(key.parent)}`;
    const sql = `SELECT 1 FROM (${source.sql}) AS n WHERE ${isSet} AND NOT EXISTS(SELECT 1 FROM ${parent} AS p WHERE ${matches}) LIMIT 1`;
    return context.rows(sql).length > 0;
  });
}

/** The table and foreign key that still point at a row to be removed or renumbered. */
function brokenChild(
  context: StatementContext,
  { rowIds, table }: BoundChange,
): [Table, ForeignKey] | undefined {
  if (rowIds === undefined) return undefined;
  for (const child of context.catalogue.tables(table.catalogue).values()) {
    for (const key of child.foreignKeys) {
      if (key.parent.toLowerCase() !== table.name.toLowerCase()) continue;
      const matches = key.columns
        .map(
          (column, index) =>
            `c.${quoteName(column)}=p.${quoteName(key.parentColumns[index] ?? '')}`,
        )
        .join(' AND ');
      const sql = `SELECT 1 FROM ${tableName(child)} AS c JOIN ${tableName(table)} AS p ON ${matches} WHERE p._rowid_ IN (${rowIds}) LIMIT 1`;
      if (context.rows(sql).length > 0) return [child, key];
    }
  }
  return undefined;
}
