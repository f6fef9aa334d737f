import type { Driver, EngineName } from '../driver.ts';
import { SqlError } from '../sql-error.ts';

/** Stands for a driver that is not part of this build: it says so to whoever connects. */
export function missingDriver(engine: EngineName): Driver {
  const message = `This build of Parhelion has no driver ${engine}.`;
  const connect = () => Promise.reject(new SqlError('connection', 'haloLink', 1004, message));
  return { engine, connect };
}
