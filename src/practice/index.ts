export type { PracticeDatabase } from './practice-database.ts';
export { type Practice, type SeedPracticeOptions, seedPractice } from './seed-practice.ts';
