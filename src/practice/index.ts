export type { PracticeDatabase, PracticeStatement, SqlValue } from './practice-database.ts';
export { type Practice, type SeedPracticeOptions, seedPractice } from './seed-practice.ts';
