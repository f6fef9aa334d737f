import { type Bound, computed, raiseSql } from '../bind/bound.ts';
import { once, onceSql } from '../bind/once.ts';
import type { StatementContext } from '../bind/statement-context.ts';
import type { Table, TableColumn } from '../catalogue.ts';
import { convertImplicitly } from '../types/convert.ts';
import { padded } from '../types/convert-text.ts';
import { groupOf, isText, MAX_LENGTH } from '../types/sql-type.ts';
import { textLength } from '../types/unify.ts';

/** The value as the column stores it: converted, and error 2628 where it does not fit. */
export function assignSql(
  context: StatementContext,
  table: Table,
  column: TableColumn,
  value: Bound,
): string {
  const { type } = column;
  const limit = type.length ?? MAX_LENGTH;
  if (limit === MAX_LENGTH || !['text', 'binary'].includes(groupOf(type))) {
    return convertImplicitly(context, value, type).sql;
  }
  const wide = convertImplicitly(context, value, {
    ...type,
    name: isText(type) ? 'nvarchar' : 'varbinary',
    length: MAX_LENGTH,
  });
  const raise = (shown: string): string =>
    raiseSql(
      2628,
      `'String or binary data would be truncated in table ''${table.catalogue}.dbo.${table.name.replaceAll("'", "''")}'', column ''${column.name.replaceAll("'", "''")}''. Truncated value: '''||${shown}||'''.'`,
    );
  if (!isText(type)) {
    return once(
      wide,
      (bytes) => `CASE WHEN length(${bytes})>${limit} THEN ${raise("''")} ELSE ${bytes} END`,
    );
  }
  if (textLength(value.type) <= limit && isText(value.type) && value.known === undefined) {
    return padded(wide.sql, type);
  }
  return onceSql(
    wide.sql,
    (text) =>
      // Blanks past the end are dropped without a word.
      `CASE WHEN length(rtrim(${text},' '))>${limit} THEN ${raise(`substr(${text},1,${limit})`)} ELSE ${padded(`substr(${text},1,${limit})`, type)} END`,
  );
}

export function sourceColumn(alias: string, index: number, type: Bound['type']): Bound {
  return { ...computed(`${alias}.c${index}`, type), isSimple: true, isConstant: false };
}
