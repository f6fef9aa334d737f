import type { EngineHost } from '../sql/engine.ts';
import { PROGRAM_FILES } from './program-files.ts';

/** What the drivers may need of this machine. */
export const engineHost: EngineHost = {
  nodePath: process.execPath,
  sqliteConnection: PROGRAM_FILES.sqliteConnection,
  env: process.env,
};
