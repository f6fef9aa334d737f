export { declaredType, integerValue, readColumnValue, valueText } from './column-value.ts';
export { readDateValue } from './date-value.ts';
export { parseParameterName } from './parameter-name.ts';
export { parseSearch } from './parse-search.ts';
export {
  conditionHolds,
  referenceReader,
  referringFilter,
} from './references.ts';
export { idOfKey, keyOfId, type ResourceKey, referenceKey } from './resource-key.ts';
export { SearchError, type SearchErrorCode } from './search-error.ts';
export type {
  Comparison,
  Link,
  SearchFilter,
  SortKey,
  SortPlace,
  TextMatch,
} from './search-filter.ts';
export { dateOrder } from './sort-keys.ts';
export { splitAlternatives } from './split-value.ts';
