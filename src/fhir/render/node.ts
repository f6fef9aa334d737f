import type { Place } from '../mapping/problems.ts';
import type { ResourceScope } from '../mapping/resource-scope.ts';
import type { ColumnRef, RenderContext, RowReader } from '../mapping/system-mapping.ts';
import type { SiteZone } from '../values/site-zone.ts';

/** What a rendering works on. The counters tell an object whether anything below it came out of the row. */
export interface Rendering {
  readonly row: RowReader;
  readonly context: RenderContext;
  readonly zone: SiteZone;
  /** The row of the child relation that an `$each` is at. */
  child: RowReader | undefined;
  /** Values that came out of columns so far. */
  filled: number;
  /** Constants that a condition has chosen so far. */
  chosen: number;
}

/**
 * What the value of a template's part hangs on: on nothing (0), on conditions alone (1), on columns (2). An object is
 * left out when none of the parts that it hangs on most gave anything.
 */
export type Level = 0 | 1 | 2;

/** A compiled part of a template. */
export interface Node {
  readonly level: Level;
  /** Whether it gives a value for each row. */
  readonly isAlways: boolean;
  /** Whether it gives a list, for a list: any number of items. */
  readonly isMany?: boolean;
  /** Undefined: no value. Constants are shared between rows: nobody may change them. */
  render(rendering: Rendering): unknown;
}

/** What a part of a template has to be. */
export interface Expected {
  /** Name of the FHIR type, or the path of a backbone element. */
  readonly type: string;
  /** Resource types that a Reference may be to; empty: any. */
  readonly targets: readonly string[];
  /** The codes of which a `code` must be one; left out or empty: any. */
  readonly codes?: readonly string[];
  readonly isListItem: boolean;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** What the forms of the template language are compiled with. */
export interface Compiler {
  readonly scope: ResourceScope;
  /** The child relation that the part stands in. */
  readonly child: string | undefined;
  /** Compiles a part; nothing comes back, and errors are noted, when it is wrong. */
  value(json: unknown, expected: Expected, place: Place): Node | undefined;
  /** Compiles the list of an element that repeats. */
  list(json: unknown, expected: Expected, place: Place): Node | undefined;
  /** The same, within the rows of a child relation. */
  within(child: string): Compiler;
  /** A column that the part reads; it will be selected. */
  column(text: string, place: Place): ColumnRef | undefined;
  /** Notes that the part reads the rows of a child relation. */
  readsChild(name: string): void;
}

/** The value of a column in the row, or in the row of the child that it belongs to. */
export function valueReader(
  column: ColumnRef,
): (rendering: Rendering) => ReturnType<RowReader['value']> {
  if (column.child === undefined) return (rendering) => rendering.row.value(column);
  return (rendering) => rendering.child?.value(column) ?? null;
}

/** A part that is always the same. */
export function constantNode(value: unknown): Node {
  return { level: 0, isAlways: true, render: () => value };
}

/** Whether a template's part is an object, neither list nor null. */
export function isJsonObject(json: unknown): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** Notes the members of a form that it does not have. */
export function checkMembers(json: JsonObject, members: readonly string[], place: Place): void {
  for (const name of Object.keys(json)) {
    if (members.includes(name)) continue;
    place.error(`"${name}" is no part of {"${members[0]}": …}: ${members.slice(1).join(', ')}`);
  }
}
