import { findFreeSlotsOperation } from './find-free-slots.ts';
import type { Operation } from './operation.ts';
import { patientSummaryOperation } from './patient-summary.ts';
import { waitlistOperation } from './waitlist.ts';

export type { Operation } from './operation.ts';
export {
  DEFINITION_TYPE,
  definitionUrl,
  hasOwnDefinitions,
  ownDefinition,
} from './operation-definition.ts';

/** All operations. The CapabilityStatement lists what is here. */
export const OPERATIONS: readonly Operation[] = [
  patientSummaryOperation,
  findFreeSlotsOperation,
  waitlistOperation,
];
