import type {
  ColumnRef,
  Condition,
  ReferencePlace,
  ResourceMapping,
  RowReader,
} from '../mapping/system-mapping.ts';
import { columnText } from '../values/column-values.ts';
import { valueText } from './column-value.ts';
import { keysFilter, referenceColumns } from './reference-filter.ts';
import { type ResourceKey, referenceKey } from './resource-key.ts';
import { allOf, anyOf, fixedFilters, inPlace, type SearchFilter } from './search-filter.ts';

/** What one reference parameter of a resource type points to: for `_include`. */
export interface ReferenceReader {
  /** Columns that the matches must be read with. */
  readonly columns: readonly ColumnRef[];
  /** Targets of one row's references, each once. */
  read(row: RowReader): { readonly type: string; readonly key: ResourceKey }[];
}

/** Whether a fixed condition holds for a row, by the order in which the database compares the column. */
export function conditionHolds({ column, test, values }: Condition, row: RowReader): boolean {
  const { type, textOrder } = column.column;
  const read = columnText(column.column);
  const value = row.value(column);
  const text = read(value);
  if (test === 'isNull') return text === undefined;
  if (test === 'notNull') return text !== undefined;
  if (value === null) return test === 'notEquals';
  const fold = (own: string | undefined): string =>
    type === 'text' && textOrder !== 'exact' ? (own ?? '').toLowerCase() : (own ?? '');
  const isOneOf = values.some((own) => fold(read(own)) === fold(text));
  return test === 'notEquals' ? !isOneOf : isOneOf;
}

function targetsAt(place: ReferencePlace, row: RowReader): ResourceKey[] {
  const child = referenceColumns(place).find((column) => column.child !== undefined)?.child;
  const rows = child === undefined ? [row] : row.children(child);
  return rows
    .filter((own) => place.where.every((condition) => conditionHolds(condition, own)))
    .map((own) => place.key.map((column) => own.value(column)))
    .filter((key) => key.every((value) => value !== null));
}

/**
 * How the references of a search parameter are read out of rows; undefined when the parameter is no reference.
 *
 * @param target only references to this type
 */
export function referenceReader(
  mapping: ResourceMapping,
  parameter: string,
  target?: string,
): ReferenceReader | undefined {
  const binding = mapping.search.get(parameter);
  if (binding?.kind !== 'reference') return undefined;
  const places = binding.places.filter((place) => target === undefined || place.target === target);
  return {
    columns: places.flatMap(referenceColumns),
    read(row) {
      const found = new Map<string, { type: string; key: ResourceKey }>();
      for (const place of places) {
        for (const key of targetsAt(place, row)) {
          found.set(JSON.stringify([place.target, ...key.map(valueText)]), {
            type: place.target,
            key,
          });
        }
      }
      return [...found.values()];
    },
  };
}

/** The rows whose reference points to one of the keys; none when the parameter is no reference to such a type. */
export function referringFilter(
  mapping: ResourceMapping,
  parameter: string,
  referred: ResourceMapping,
  keys: readonly ResourceKey[],
): SearchFilter {
  const binding = mapping.search.get(parameter);
  const places = binding?.kind === 'reference' ? binding.places : [];
  return anyOf(
    places
      .filter(({ target }) => target === referred.type)
      .map((place) => {
        const own = keys.flatMap((key) => {
          const found = referenceKey(place.key, key);
          return found ? [found] : [];
        });
        return inPlace(
          referenceColumns(place),
          allOf([keysFilter(place.key, own), ...fixedFilters(place.where)]),
        );
      }),
  );
}
