import type { Value } from '../../sql/driver.ts';
import type { ColumnRef, ResourceMapping, RowReader } from '../mapping/system-mapping.ts';
import { idOfKey, type ResourceKey } from '../search/index.ts';
import type { ColumnList } from './column-list.ts';
import type { ResourceRow } from './page.ts';

/** A row of a resource type. */
export class PageRow implements ResourceRow {
  readonly key: ResourceKey;
  readonly id: string;
  readonly computed: readonly Value[];
  readonly version: Value | undefined;
  readonly lastUpdated: Value | undefined;
  readonly #columns: ColumnList;
  readonly #values: readonly Value[];
  readonly #children = new Map<string, RowReader[]>();

  constructor(mapping: ResourceMapping, columns: ColumnList, values: readonly Value[]) {
    this.#columns = columns;
    this.#values = values;
    this.computed = values.slice(columns.length);
    this.key = mapping.key.map((column) => this.value(column));
    this.id = idOfKey(mapping, this.key) ?? '';
    this.version = mapping.version && this.value(mapping.version);
    this.lastUpdated = mapping.lastUpdated && this.value(mapping.lastUpdated);
  }

  value(column: ColumnRef): Value {
    return this.#columns.valueOf(this.#values, column);
  }

  children(name: string): readonly RowReader[] {
    const rows = this.#children.get(name);
    if (!rows) throw new Error(`The rows of the child ${name} were not attached.`);
    return rows;
  }

  /** Begins a child's rows: a resource without any has none. */
  beginChildren(name: string): void {
    this.#children.set(name, []);
  }

  /** Adds a row of a child, in the order of its statement. */
  addChild(name: string, columns: ColumnList, values: readonly Value[]): void {
    this.#children.get(name)?.push(new ChildRow(this, columns, values));
  }
}

/** A row of a child relation, which also reads its resource's own columns. */
class ChildRow implements RowReader {
  readonly #parent: PageRow;
  readonly #columns: ColumnList;
  readonly #values: readonly Value[];

  constructor(parent: PageRow, columns: ColumnList, values: readonly Value[]) {
    this.#parent = parent;
    this.#columns = columns;
    this.#values = values;
  }

  value(column: ColumnRef): Value {
    if (column.child === undefined) return this.#parent.value(column);
    return this.#columns.valueOf(this.#values, column);
  }

  children(name: string): readonly RowReader[] {
    return this.#parent.children(name);
  }
}
