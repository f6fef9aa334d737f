import type { ColumnType } from '../../sql/columns.ts';
import type { Value } from '../../sql/driver.ts';
import type { ElementPath } from '../write/element-path.ts';

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
  /** Names of the columns that are declared as ones that may be NULL. */
  readonly nullable: ReadonlySet<string>;
}

/**
 * A column of one relation of a resource's mapping: one object for each, however often the mapping names it.
 * `relation` is its alias; `child` the child relation it is in.
 */
export interface ColumnRef {
  readonly relation: string;
  readonly child?: string;
  readonly column: ColumnInfo;
  /** Declared so, or of a joined relation, which may have no row. */
  readonly isNullable: boolean;
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

/** Where a unit, or the system of its code, is said: a constant, or the column that has it. */
export type UnitSource = string | ColumnRef;

/** One place where a quantity may be found: a number, and what it is measured in. */
export interface QuantityPlace {
  readonly column: ColumnRef;
  /** As people write it. */
  readonly unit?: UnitSource;
  /** The unit as a code, in the words of the code table where there is one. */
  readonly code?: UnitSource;
  readonly codes?: CodeTable;
  readonly system?: UnitSource;
  /** The place counts only where these hold. */
  readonly where: readonly Condition[];
}

/** How a search parameter finds its rows. Several places are alternatives. */
export type SearchBinding =
  | { readonly kind: 'string'; readonly columns: readonly ColumnRef[] }
  | { readonly kind: 'token'; readonly places: readonly TokenPlace[] }
  | { readonly kind: 'date'; readonly places: readonly DatePlace[] }
  | {
      readonly kind: 'reference';
      readonly places: readonly ReferencePlace[];
      /** Where the references' own identifiers stand, for `:identifier`. */
      readonly identifiers: readonly TokenPlace[];
    }
  | { readonly kind: 'quantity'; readonly places: readonly QuantityPlace[] }
  | { readonly kind: 'number'; readonly columns: readonly ColumnRef[] }
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
  /** Left out where nothing is written. */
  readonly write?: WriteMapping;
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

/** How a mapping writes a resource: what is taken from it, and the statements that store it. */
export interface WriteMapping {
  readonly fields: ReadonlyMap<string, WriteField>;
  readonly lookups: ReadonlyMap<string, Lookup>;
  /** Columns of the resource's own row that steps of an update take. */
  readonly rowColumns: readonly ColumnRef[];
  /** Paths without indexes that may read back otherwise than they were sent. */
  readonly ignored: ReadonlySet<string>;
  /** Left out, the interaction is not offered. */
  readonly create?: readonly WriteStep[];
  readonly update?: readonly WriteStep[];
}

/** A value of the submitted resource. */
export interface WriteField {
  readonly name: string;
  readonly path: ElementPath;
  readonly isRequired: boolean;
  /** Translates the code back to the practice's own. */
  readonly codes?: CodeTable;
  /** The value is a reference to this type; its id is what is stored. */
  readonly reference?: string;
  /** The characters that are meant: from (counted from 0) and how many. */
  readonly part?: { readonly from: number; readonly length: number };
}

/** A row of another resource that a write needs to know before it begins: the slot of a booking. */
export interface Lookup {
  readonly name: string;
  /** Type of the resource. */
  readonly resource: string;
  /** The reference to it. */
  readonly field: WriteField;
  /** Columns that steps take from it. */
  readonly columns: readonly ColumnRef[];
}

/** Where a step takes a value from. */
export type WriteValue =
  | { readonly kind: 'literal'; readonly value: null | boolean | number | string }
  | { readonly kind: 'field'; readonly field: WriteField }
  /** The resource's own row as it was before. */
  | { readonly kind: 'row'; readonly column: ColumnRef }
  | { readonly kind: 'lookup'; readonly lookup: string; readonly column: ColumnRef }
  | { readonly kind: 'now' }
  | { readonly kind: 'uuid' }
  /** The key of the row that an insert of this write made. */
  | { readonly kind: 'key' }
  | { readonly kind: 'first'; readonly of: readonly WriteValue[] };

/** A value for a column. */
export interface Assignment {
  readonly column: ColumnInfo;
  readonly value: WriteValue;
}

/** When a step is made: all tests must hold. */
export type WriteTest =
  | { readonly kind: 'in' | 'notIn'; readonly value: WriteValue; readonly texts: readonly string[] }
  | { readonly kind: 'given' | 'missing'; readonly value: WriteValue }
  /** Compared as values of the column. */
  | {
      readonly kind: 'same' | 'differs';
      readonly column: ColumnInfo;
      readonly values: readonly [WriteValue, WriteValue];
    };

/** Why a write is not made: kind of outcome, and the sentence of the mapping. */
export interface Refusal {
  readonly kind: 'conflict' | 'businessRule' | 'invalidValue';
  readonly text: string;
  /** The field that it is about. */
  readonly field?: WriteField;
}

/** One statement of a write. */
export type WriteStep = { readonly when: readonly WriteTest[] } & (
  | { readonly kind: 'refuse'; readonly refusal: Refusal }
  | {
      readonly kind: 'insert';
      readonly table: string;
      readonly values: readonly Assignment[];
      /** The column that the database numbers; its value is the resource's key. */
      readonly key?: ColumnInfo;
    }
  | {
      readonly kind: 'update' | 'delete';
      readonly table: string;
      readonly set: readonly Assignment[];
      readonly where: readonly Assignment[];
      /** It changes the resource's own row, the one that was read before. */
      readonly isOwnRow: boolean;
      /** Told when no row is changed; left out, that the row was changed meanwhile. */
      readonly refusal?: Refusal;
    }
  | {
      readonly kind: 'call';
      readonly procedure: string;
      readonly parameters: readonly CallParameter[];
      /** The output parameter whose value is the resource's key. */
      readonly key?: string;
    }
);

/** A parameter of a stored procedure; the column says its type. */
export interface CallParameter {
  /** With the `@`. */
  readonly name: string;
  readonly column: ColumnInfo;
  /** Left out for a parameter that only comes back. */
  readonly value?: WriteValue;
  readonly isOutput: boolean;
}
