import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { QueryLimits } from '../limits/index.ts';

/** Whose query it is, and where it goes. */
export interface QueryPath {
  readonly integratorId: string;
  readonly siteId: string;
}

/**
 * Runs a query that is answered at once within the limits of its integrator and site, and counts what it brings. One
 * that did not reach its site does not count.
 *
 * @param run gives undefined when the site was not reached
 * @param bodyOf the bytes of the answer
 * @throws ParhelionError `tooManyRequests`, `quotaExceeded`, `siteOffline`
 */
export async function withinLimits<Done>(
  limits: QueryLimits,
  path: QueryPath,
  run: () => Promise<Done | undefined>,
  bodyOf: (done: Done) => readonly Buffer[] | undefined,
): Promise<Done> {
  using admission = await limits.admit({ ...path, kind: 'immediate' });
  const done = await run();
  if (done === undefined) {
    admission.withdraw();
    throw new ParhelionError('siteOffline');
  }
  const bytes = bodyOf(done)?.reduce((sum, { length }) => sum + length, 0) ?? 0;
  limits.recordBytes({ ...path, bytes });
  return done;
}
