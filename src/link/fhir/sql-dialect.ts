import type { SqlDialectName } from '../../fhir/mapping/system-mapping.ts';
import type { LinkConfig } from '../config/link-config.ts';

/** Which SQL a link's database understands. */
export function sqlDialectOf({ database }: Pick<LinkConfig, 'database'>): SqlDialectName {
  if (database.driver === 'firebird') return 'firebird';
  return database['dialect'] === 'sqlite' ? 'sqlite' : 'tsql';
}
