import type { Interaction } from './interaction.ts';
import { readInteraction, versionReadInteraction } from './read-instance.ts';
import { searchByFormInteraction, searchInteraction } from './search-type.ts';

export type {
  FhirResource,
  InstanceCall,
  Interaction,
  InteractionAnswer,
  InteractionCourse,
  TypeCall,
} from './interaction.ts';

/** All interactions on resource types. The CapabilityStatement lists what is here. */
export const INTERACTIONS: readonly Interaction[] = [
  readInteraction,
  versionReadInteraction,
  searchInteraction,
  searchByFormInteraction,
];
