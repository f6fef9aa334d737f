import type { EngineName } from '../driver.ts';
import type { Engine } from '../engine.ts';
import { firebirdEngine } from './firebird/engine.ts';
import { mssqlEngine } from './mssql/engine.ts';
import { sqliteEngine } from './sqlite/engine.ts';

/** Engines by the name of their driver. */
export type Engines = Readonly<Record<string, Engine>>;

/** Every engine there is. A driver's code is loaded only when it is used. */
export const ENGINES = {
  sqlite: sqliteEngine,
  mssql: mssqlEngine,
  firebird: firebirdEngine,
} as const satisfies Record<EngineName, Engine>;
