import type { ColumnType } from '../../sql/columns.ts';
import type { Value } from '../../sql/driver.ts';

/** Which SQL a mapping's statements are written in. `tsql` also reaches SQLite files in the form of the demo. */
export type SqlDialectName = 'tsql' | 'firebird' | 'sqlite';

/**
 * How the database compares the text of a column: `exact` byte by byte; `nocase` folds A–Z only (SQLite's NOCASE, the
 * demo); `linguistic` folds case and sorts accented letters beside their base (SQL Server's CI_AS collations);
 * `insensitive` folds case and accents (CI_AI, Firebird's UNICODE_CI_AI).
 */
export type TextOrder = 'exact' | 'nocase' | 'linguistic' | 'insensitive';

/** A column of a table or view. */
export interface ColumnInfo {
  readonly name: string;
  /** As declared, in lower case: `nvarchar(50)`. */
  readonly sqlType: string;
  readonly type: ColumnType;
  readonly textOrder: TextOrder;
}

/** What stands after FROM or JOIN: a table, or a view that the mapping brings along as SQL text. */
export interface Relation {
  readonly alias: string;
  readonly name: string;
  /** Text of a view, which stands as a derived table; left out for a table. */
  readonly sql?: string;
  readonly columns: ReadonlyMap<string, ColumnInfo>;
}

/**
 * A column of one relation of a resource's mapping: one object for each, however often the mapping names it.
 * `relation` is its alias; `child` the child relation it is in.
 */
export interface ColumnRef {
  readonly relation: string;
  readonly child?: string;
  readonly column: ColumnInfo;
}

/** A fixed condition on one column. Values are literals of the mapping, never of a request. */
export interface Condition {
  readonly column: ColumnRef;
  readonly test: 'equals' | 'notEquals' | 'in' | 'isNull' | 'notNull';
  readonly values: readonly Value[];
}

/** A LEFT JOIN that gives at most one row: columns of the joined relation = columns of relations before it. */
export interface Join {
  readonly relation: Relation;
  readonly on: readonly { readonly left: ColumnRef; readonly right: ColumnRef }[];
  /** Further fixed conditions on the joined relation. */
  readonly where: readonly Condition[];
}

/** Rows that repeat within one resource: identifiers, components, reactions. */
export interface ChildRelation {
  readonly name: string;
  /** Where its tables are, when that is not where the resource's own are. Then no search looks into it. */
  readonly catalogue?: string;
  readonly base: Relation;
  readonly joins: readonly Join[];
  readonly where: readonly Condition[];
  /** Columns of the child = columns of the resource's own relations. */
  readonly parent: readonly { readonly child: ColumnRef; readonly parent: ColumnRef }[];
  readonly orderBy: readonly ColumnRef[];
}

/** The values of one row, by column. */
export interface RowReader {
  value(column: ColumnRef): Value;
  /** Rows of a child relation, in its order. */
  children(name: string): readonly RowReader[];
}

/** What a rendering needs beside the row. */
export interface RenderContext {
  /** IANA name of the zone of the practice's local times. */
  readonly timeZone: string;
  readonly baseUrl: string;
}

/** One top-level element of a resource (all types of a choice are separate elements: `onsetDateTime`). */
export interface ElementTemplate {
  readonly name: string;
  /** The choice that it is one type of: `onset[x]`. Of several that have a value only the first is written. */
  readonly choice?: string;
  /** Columns that must be selected for it, those of children included. */
  readonly columns: readonly ColumnRef[];
  readonly children: readonly string[];
  /** Members to add to the resource: `birthDate`, and `_birthDate` where a primitive has extensions. Empty: no value. */
  render(row: RowReader, context: RenderContext): Readonly<Record<string, unknown>>;
}

/** A code of the practice's own, and what it means. The first coding is the one for elements of type `code`. */
export interface CodeTable {
  readonly name: string;
  /** Local value (as text) → codings. */
  readonly codings: ReadonlyMap<string, readonly Coding[]>;
  /** For values that the table does not have, and for NULL. */
  readonly otherwise?: readonly Coding[];
  readonly whenNull?: readonly Coding[];
}

export interface Coding {
  readonly system?: string;
  readonly code: string;
  readonly display?: string;
}

/** One place where a token may be found. */
export interface TokenPlace {
  /** The code or the identifier's value. */
  readonly column: ColumnRef;
  /** A fixed system, or the column that has it; left out where the code table says it or there is none. */
  readonly system?: string | ColumnRef;
  readonly codes?: CodeTable;
  /** Kind of Australian identifier (`ihi`, `medicare` …): gives `:of-type` its type. */
  readonly identifierKind?: string;
  /** Text that stands before the column's value in the code: `urn:uuid:`. */
  readonly prefix?: string;
  /** The column of the one character that follows the column's value where it has one: a line of a Medicare card. */
  readonly suffix?: ColumnRef;
  /** Text of the concept, for `:text`. */
  readonly text?: ColumnRef;
  /** The place counts only where these hold. */
  readonly where: readonly Condition[];
}

/** One place where a date may be found: one column, a date with its time, or a period. */
export type DatePlace = (
  | { readonly kind: 'column'; readonly column: ColumnRef }
  | { readonly kind: 'split'; readonly date: ColumnRef; readonly time: ColumnRef }
  | { readonly kind: 'period'; readonly start: ColumnRef; readonly end: ColumnRef }
) & {
  /** The place counts only where these hold. */
  readonly where: readonly Condition[];
};

/** One place where a reference stands. */
export interface ReferencePlace {
  readonly target: string;
  /** The target's key columns in their order. */
  readonly key: readonly ColumnRef[];
  readonly where: readonly Condition[];
}

/** How a search parameter finds its rows. Several places are alternatives. */
export type SearchBinding =
  | { readonly kind: 'string'; readonly columns: readonly ColumnRef[] }
  | { readonly kind: 'token'; readonly places: readonly TokenPlace[] }
  | { readonly kind: 'date'; readonly places: readonly DatePlace[] }
  | { readonly kind: 'reference'; readonly places: readonly ReferencePlace[] }
  | { readonly kind: 'number' | 'quantity'; readonly columns: readonly ColumnRef[] }
  | { readonly kind: 'uri'; readonly columns: readonly ColumnRef[] };

/** All that is known of one resource type at one kind of practice system. */
export interface ResourceMapping {
  readonly type: string;
  /** All profiles that resources of the type claim. */
  readonly profiles: readonly string[];
  /** Gives `profile`, those of one row, where rows differ; left out where every row has all of `profiles`. */
  readonly rowProfiles?: ElementTemplate;
  readonly catalogue?: string;
  readonly base: Relation;
  readonly joins: readonly Join[];
  readonly where: readonly Condition[];
  /** Rows for which all of these hold were deleted: reading one is 410, and no search finds it. Empty: nothing is marked. */
  readonly deleted: readonly Condition[];
  /** The logical id is made of these, joined by `-`. */
  readonly key: readonly ColumnRef[];
  readonly version?: ColumnRef;
  readonly lastUpdated?: ColumnRef;
  readonly children: ReadonlyMap<string, ChildRelation>;
  /** In the order in which they are written. `id` and `meta` are the engine's own. */
  readonly elements: readonly ElementTemplate[];
  /** By the parameter's name. `_id` and `_lastUpdated` are the engine's own. */
  readonly search: ReadonlyMap<string, SearchBinding>;
}

/** A practice system's whole mapping, checked. */
export interface SystemMapping {
  readonly name: string;
  readonly title: string;
  readonly resources: ReadonlyMap<string, ResourceMapping>;
  readonly codes: ReadonlyMap<string, CodeTable>;
}
