import { typeDefinition } from '../definitions/elements.ts';
import resourceTypes from '../definitions/resource-types.json' with { type: 'json' };
import { didYouMean, type Place } from './problems.ts';
import { isComparable } from './relations.ts';
import type { ResourceScope } from './resource-scope.ts';
import type { ColumnRef } from './system-mapping.ts';

/**
 * Reads the key columns of a reference: as many and of the kinds that the target's own key has. A target that the
 * mapping does not have is warned of, since nothing can follow the reference.
 *
 * @param place of the object with `key`
 * @param child which child's columns may be named (see {@link ResourceScope.column})
 */
export function readReferenceKey(
  target: string,
  texts: readonly string[],
  scope: ResourceScope,
  place: Place,
  child?: string,
): readonly ColumnRef[] | undefined {
  if (!typeDefinition(target) || !resourceTypes.resourceTypes.includes(target)) {
    const hint = didYouMean(target, resourceTypes.resourceTypes);
    place.error(`"${target}" is no resource type that a mapping can have${hint}`);
    return undefined;
  }
  const columns = texts.flatMap((text, index) => {
    const column = scope.column(text, place.at('key').at(index), child);
    return column ? [column] : [];
  });
  const key = scope.keyOf(target);
  if (!key) {
    place.warn(`refers to ${target}, which this mapping does not have`);
  } else if (key.types.length !== texts.length) {
    place.at('key').error(`the key of ${target} has ${key.types.length} columns`);
  } else {
    for (const [index, column] of columns.entries()) {
      const own = key.types[index];
      if (!own || columns.length !== texts.length || isComparable(column.column, own)) continue;
      place
        .at('key')
        .at(index)
        .error(
          `${texts[index]} is ${column.column.sqlType}, but ${own.name} of ${target} is ${own.sqlType}`,
        );
    }
  }
  return columns.length === texts.length ? columns : undefined;
}
