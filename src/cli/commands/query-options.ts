import type { IntegratorOptions } from './integrator-options.ts';
import type { SqlCommandOptions } from './sql-command.ts';

/** Options of `query`, immediate or async. */
export interface QueryOptions extends IntegratorOptions, SqlCommandOptions {
  readonly maxTimeInQueue?: number;
  readonly json?: true;
  readonly csv?: true;
  readonly async?: true;
  readonly resume?: string;
  readonly out?: string;
}
