import type { Interaction } from '../interactions/index.ts';
import type { Operation } from '../operations/index.ts';

/** What a service can do beside its mapping. */
export interface Offers {
  readonly interactions: readonly Interaction[];
  readonly operations: readonly Operation[];
}
