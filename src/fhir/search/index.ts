export { type ParsedSearch, type ParseSearchOptions, parseSearch } from './parse-search.ts';
export { type ReferenceReader, referenceReader } from './references.ts';
export { idOfKey, keyOfId, type ResourceKey } from './resource-key.ts';
export { SearchError, type SearchErrorCode } from './search-error.ts';
export type { SearchFilter, SortKey } from './search-filter.ts';
