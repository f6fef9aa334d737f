export type { Integrator } from './integrator.ts';
export { Integrators, type KeyFacts } from './integrators.ts';
