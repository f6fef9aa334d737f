import { firebirdConformance } from '../drivers/firebird/conformance.ts';
import { mssqlConformance } from '../drivers/mssql/conformance.ts';
import { sqliteConformance } from '../drivers/sqlite/conformance.ts';
import type { EngineConformance } from './expectations.ts';

/** Every engine's column of the table. */
export const ENGINES: readonly EngineConformance[] = [
  sqliteConformance,
  mssqlConformance,
  firebirdConformance,
];
