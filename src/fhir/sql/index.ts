export { positionOf } from './order.ts';
export type { ChildStatement, PageStatement, Position, ResourceRow } from './page.ts';
export { compileStatement } from './query-compilers.ts';
export { parameterType, storedValue } from './sql-parameter.ts';
export {
  type CountStatement,
  countStatement,
  deletedColumns,
  isDeleted,
  type KeysRequest,
  keysStatements,
  type MatchesRequest,
  matchesStatement,
  type ReferringRequest,
  referringStatements,
  type StatementTarget,
} from './statements.ts';
