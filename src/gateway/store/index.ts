export type { Alongside, Database, Insert, Migration, Session, SqlValue } from './database.ts';
export { createGroupCommit, type GroupCommit, type GroupCommitOptions } from './group-commit.ts';
export { GroupedUpdates } from './grouped-updates.ts';
export { openDatabase } from './open-database.ts';
