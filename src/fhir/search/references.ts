import type { ColumnRef, ResourceMapping, RowReader } from '../mapping/system-mapping.ts';
import type { ResourceKey } from './resource-key.ts';

/** What one reference parameter of a resource type points to: for `_include`. */
export interface ReferenceReader {
  /** Columns that the matches must be read with. */
  readonly columns: readonly ColumnRef[];
  /** Targets of one row's references, each once. */
  read(row: RowReader): { readonly type: string; readonly key: ResourceKey }[];
}

/**
 * How the references of a search parameter are read out of rows; undefined when the parameter is no reference.
 *
 * @param target only references to this type
 */
export function referenceReader(
  _mapping: ResourceMapping,
  _parameter: string,
  _target?: string,
): ReferenceReader | undefined {
  throw new Error('not built');
}
