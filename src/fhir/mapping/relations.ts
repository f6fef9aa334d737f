import { readConditions } from './conditions.ts';
import type { ChildEntry, JoinEntry, ResourceFile } from './mapping-schema.ts';
import type { Place } from './problems.ts';
import type { ResourceScope, ScopedRelation } from './resource-scope.ts';
import type { ChildRelation, ColumnRef, Join, Relation } from './system-mapping.ts';

/** Types of one family can be compared with each other. */
const FAMILY: Readonly<Record<string, string>> = {
  integer: 'number',
  decimal: 'number',
  float: 'number',
  datetime: 'date',
};

/** Whether two columns can be compared without SQL converting one of them. */
export function isComparable(one: ColumnRef['column'], other: ColumnRef['column']): boolean {
  const family = (column: ColumnRef['column']) => FAMILY[column.type] ?? column.type;
  return family(one) === family(other);
}

function checkPair(one: ColumnRef, other: ColumnRef, place: Place): void {
  if (isComparable(one.column, other.column)) return;
  place.error(
    `${one.column.name} is ${one.column.sqlType} and ${other.column.name} is ${other.column.sqlType}: they cannot be compared`,
  );
}

/** Where relations stand: in a child, or in another catalogue than the resource's. */
type Part = Pick<ScopedRelation, 'child' | 'isElsewhere'>;

function readJoin(
  entry: JoinEntry,
  part: Part,
  scope: ResourceScope,
  place: Place,
): Join | undefined {
  const { child } = part;
  // Before the alias is known, so that a join cannot lean on itself.
  const rights = Object.entries(entry.on).map(([name, right]) =>
    scope.column(right, place.at('on').at(name), child),
  );
  const relation = scope.add(entry, { ...part, isJoined: true }, place);
  if (!relation) return undefined;
  const on = Object.keys(entry.on).flatMap((name, index) => {
    const at = place.at('on').at(name);
    const left = scope.column(`${entry.as}.${name}`, at, child);
    const right = rights[index];
    if (!left || !right) return [];
    if (right.child !== child) at.error("the rows of a child join each other, not the resource's");
    checkPair(left, right, at);
    return [{ left, right }];
  });
  return { relation, on, where: readConditions(entry.where, scope, place.at('where'), child) };
}

function readJoins(
  entries: readonly JoinEntry[] | undefined,
  part: Part,
  scope: ResourceScope,
  place: Place,
): readonly Join[] {
  return (entries ?? []).flatMap((entry, index) => {
    const join = readJoin(entry, part, scope, place.at(index));
    return join ? [join] : [];
  });
}

/** Reads `from` and `joins` of a resource. */
export function readRelations(
  file: ResourceFile,
  scope: ResourceScope,
  place: Place,
): { readonly base: Relation; readonly joins: readonly Join[] } | undefined {
  const base = scope.add(file.from, { isJoined: false }, place.at('from'));
  if (!base) return undefined;
  return { base, joins: readJoins(file.joins, {}, scope, place.at('joins')) };
}

function readParent(
  entry: ChildEntry,
  name: string,
  scope: ResourceScope,
  place: Place,
): ChildRelation['parent'] {
  return Object.entries(entry.parent).flatMap(([childText, parentText]) => {
    const at = place.at(childText);
    const child = scope.column(childText, at, name);
    const parent = scope.column(parentText, at);
    if (!child || !parent) return [];
    if (child.child !== name) at.error(`${childText} is no column of this child relation`);
    checkPair(child, parent, at);
    return [{ child, parent }];
  });
}

function warnIfUnindexed(
  parent: ChildRelation['parent'],
  scope: ResourceScope,
  place: Place,
): void {
  const tables = parent.map(({ child }) => scope.relation(child.relation)?.table);
  const isIndexed = parent.some(
    ({ child }, index) => tables[index]?.indexed?.has(child.column.name) ?? true,
  );
  const [first] = parent;
  if (!first || isIndexed) return;
  place.warn(
    `no index of ${tables[0]?.name} begins with ${first.child.column.name}: each page reads the whole table`,
  );
}

function readChild(
  name: string,
  entry: ChildEntry,
  scope: ResourceScope,
  place: Place,
  catalogue: string | undefined,
): ChildRelation | undefined {
  const isElsewhere = entry.catalogue !== undefined && entry.catalogue !== catalogue;
  const part = isElsewhere ? { child: name, isElsewhere } : { child: name };
  const base = scope.add(entry.from, { ...part, isJoined: false }, place.at('from'));
  if (!base) return undefined;
  const joins = readJoins(entry.joins, part, scope, place.at('joins'));
  const parent = readParent(entry, name, scope, place.at('parent'));
  warnIfUnindexed(parent, scope, place.at('parent'));
  const orderBy = (entry.orderBy ?? []).flatMap((text, index) => {
    const column = scope.column(text, place.at('orderBy').at(index), name);
    return column ? [column] : [];
  });
  const where = readConditions(entry.where, scope, place.at('where'), name);
  const own = { name, base, joins, where, parent, orderBy };
  return isElsewhere ? { ...own, catalogue: entry.catalogue as string } : own;
}

/** Reads the child relations of a resource, by name. */
export function readChildren(
  file: ResourceFile,
  scope: ResourceScope,
  place: Place,
): ReadonlyMap<string, ChildRelation> {
  const children = new Map<string, ChildRelation>();
  for (const [name, entry] of Object.entries(file.children ?? {})) {
    const child = readChild(name, entry, scope, place.at(name), file.catalogue);
    if (child) children.set(name, child);
  }
  return children;
}
