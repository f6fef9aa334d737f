import type { Operation } from './operation.ts';

export type { Operation } from './operation.ts';

/** All operations. The CapabilityStatement lists what is here. */
export const OPERATIONS: readonly Operation[] = [];
