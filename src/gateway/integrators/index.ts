export type { Integrator, IntegratorSettings } from './integrator.ts';
export {
  type CreatedIntegrator,
  Integrators,
  type IntegratorsOptions,
  type KeyFacts,
} from './integrators.ts';
export type { KeySlot } from './subscription-key.ts';
