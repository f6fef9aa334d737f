import { didYouMean, type Place } from './problems.ts';
import type { CodeTable, ColumnInfo, ColumnRef, Relation } from './system-mapping.ts';
import type { SourceTable } from './tables.ts';

/** A relation that a resource's file has given an alias. */
export interface ScopedRelation {
  readonly relation: Relation;
  readonly table: SourceTable;
  /** Name of the child relation that it is part of. */
  readonly child?: string;
  /** Whether it is in another catalogue than the resource's own relations. */
  readonly isElsewhere?: boolean;
  /** A joined relation has no row at times; the base of a resource or child always has one. */
  readonly isJoined: boolean;
}

/** What references to a resource type are made of. */
export interface TargetKey {
  /** Types of the key's columns, in their order. */
  readonly types: readonly ColumnInfo[];
}

/** What the parts of one resource's file refer to: tables, aliases, columns, code tables, other resource types. */
export class ResourceScope {
  readonly codes: ReadonlyMap<string, CodeTable>;
  readonly tables: ReadonlyMap<string, SourceTable>;
  readonly #relations = new Map<string, ScopedRelation>();
  readonly #columns = new Map<string, ColumnRef>();
  readonly #keyOf: (resourceType: string) => TargetKey | undefined;

  /** @param keyOf the key of a resource type that the mapping has; undefined for one that it has not */
  constructor(
    tables: ReadonlyMap<string, SourceTable>,
    codes: ReadonlyMap<string, CodeTable>,
    keyOf: (resourceType: string) => TargetKey | undefined,
  ) {
    this.tables = tables;
    this.codes = codes;
    this.#keyOf = keyOf;
  }

  /** The key of another resource type of the mapping; undefined when the mapping does not have the type. */
  keyOf(resourceType: string): TargetKey | undefined {
    return this.#keyOf(resourceType);
  }

  /** Gives a table an alias; nothing comes back, and an error is noted, when it is unknown or the alias taken. */
  add(
    entry: { readonly table: string; readonly as: string },
    part: Omit<ScopedRelation, 'relation' | 'table'>,
    place: Place,
  ): Relation | undefined {
    const table = this.tables.get(entry.table);
    if (!table) {
      const hint = didYouMean(entry.table, this.tables.keys());
      place.at('table').error(`there is no table or view "${entry.table}"${hint}`);
      return undefined;
    }
    if (!/^[A-Za-z]\w{0,29}$/.test(entry.as)) {
      place.at('as').error(`"${entry.as}" is no alias: at most 30 letters, digits and _`);
      return undefined;
    }
    const isTaken = [...this.#relations.keys()].some(
      (alias) => alias.toLowerCase() === entry.as.toLowerCase(),
    );
    if (isTaken) {
      place.at('as').error(`the alias "${entry.as}" stands twice in this file`);
      return undefined;
    }
    const relation: Relation = {
      alias: entry.as,
      name: table.name,
      columns: table.columns,
      nullable: table.nullable,
      ...(table.sql === undefined ? {} : { sql: table.sql }),
    };
    this.#relations.set(entry.as, { relation, table, ...part });
    return relation;
  }

  /** The relation behind an alias. */
  relation(alias: string): ScopedRelation | undefined {
    return this.#relations.get(alias);
  }

  /**
   * A column by `alias.Column`: one object for each column, however often it is named. Nothing comes back, and an
   * error is noted, when there is no such column, or when it is in a child relation that cannot be looked into here.
   *
   * @param child the child relation whose columns may be named beside the resource's own; `any`: all of them
   */
  column(text: string, place: Place, child?: string): ColumnRef | undefined {
    const [, alias = '', name = ''] = /^(\w+)\.(.+)$/.exec(text) ?? [];
    const scoped = this.#relations.get(alias);
    if (!scoped) {
      const hint = alias === '' ? '' : didYouMean(alias, this.#relations.keys());
      place.error(
        alias === ''
          ? `"${text}" is no column: write alias.Column`
          : `there is no alias "${alias}" in this file${hint}`,
      );
      return undefined;
    }
    const info = scoped.relation.columns.get(name);
    if (!info) {
      const { table, relation } = scoped;
      const hint = didYouMean(name, relation.columns.keys());
      place.error(`there is no column "${name}" in ${table.name} (as ${alias})${hint}`);
      return undefined;
    }
    if (scoped.child !== undefined && child !== 'any' && scoped.child !== child) {
      const where = `{"$each": "${scoped.child}", "as": …}`;
      place.error(`"${text}" repeats within a resource: it can stand only within ${where}`);
      return undefined;
    }
    return this.#refTo(scoped, alias, info);
  }

  #refTo(scoped: ScopedRelation, alias: string, column: ColumnInfo): ColumnRef {
    const key = `${alias}.${column.name}`;
    const known = this.#columns.get(key);
    if (known) return known;
    const { child, isJoined, relation } = scoped;
    const isNullable = isJoined || relation.nullable.has(column.name);
    const ref = {
      relation: alias,
      column,
      isNullable,
      ...(child === undefined ? {} : { child }),
    };
    this.#columns.set(key, ref);
    return ref;
  }

  /** Whether a column is in another catalogue than the resource's own relations. */
  isElsewhere(ref: ColumnRef): boolean {
    return this.#relations.get(ref.relation)?.isElsewhere === true;
  }

  /** A code table by its name; nothing comes back, and an error is noted, when there is none. */
  codeTable(name: string, place: Place): CodeTable | undefined {
    const table = this.codes.get(name);
    if (table) return table;
    place.error(`codes.json has no table "${name}"${didYouMean(name, this.codes.keys())}`);
    return undefined;
  }
}
