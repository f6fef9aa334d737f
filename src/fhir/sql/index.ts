export { positionOf } from './order.ts';
export type { PageStatement, Position, ResourceRow } from './page.ts';
export { compileStatement } from './query-compilers.ts';
export { parameterType, storedValue } from './sql-parameter.ts';
export {
  countStatement,
  deletedColumns,
  isDeleted,
  keysStatements,
  matchesStatement,
  referringStatements,
  type StatementTarget,
} from './statements.ts';
