import { readColumnType } from '../mapping/column-type.ts';
import { didYouMean, type Place } from '../mapping/problems.ts';
import type {
  CodeTable,
  ColumnInfo,
  ColumnRef,
  ResourceMapping,
} from '../mapping/system-mapping.ts';
import type { SourceTable } from '../mapping/tables.ts';

/** What a `write` section may refer to. */
export interface WriteScope {
  /** The resource that is written. */
  readonly own: ResourceMapping;
  readonly resources: ReadonlyMap<string, ResourceMapping>;
  readonly tables: ReadonlyMap<string, SourceTable>;
  readonly codes: ReadonlyMap<string, CodeTable>;
}

/** Finds `alias.Column` among a resource's own relations; an error is noted when there is none. */
export function columnOf(
  mapping: ResourceMapping,
  text: string,
  place: Place,
): ColumnRef | undefined {
  const [, alias = '', name = ''] = /^(\w+)\.(.+)$/.exec(text) ?? [];
  const relations = [mapping.base, ...mapping.joins.map(({ relation }) => relation)];
  const relation = relations.find((each) => each.alias === alias);
  const column = relation?.columns.get(name);
  if (relation && column) {
    const isNullable = relation !== mapping.base || relation.nullable.has(name);
    return { relation: alias, column, isNullable };
  }
  const [written, known] = relation
    ? [name, relation.columns.keys()]
    : [alias, relations.map((each) => each.alias)];
  const what = relation ? `column "${name}" in ${relation.name} (as ${alias})` : `alias "${alias}"`;
  place.error(`${mapping.type} has no ${what}${didYouMean(written, known)}`);
  return undefined;
}

/** Makes a column of a type that stands in a mapping without a table: a parameter of a procedure. */
export function parameterColumn(name: string, type: string, place: Place): ColumnInfo | undefined {
  const declared = readColumnType(type);
  if (!declared) {
    place.error(`"${type}" is no column type`);
    return undefined;
  }
  return { name, sqlType: declared.sqlType, type: declared.type, textOrder: 'exact' };
}
