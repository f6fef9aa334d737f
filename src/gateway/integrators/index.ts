export { allowsAddress } from './allowed-addresses.ts';
export { type Integrator, IntegratorSettings } from './integrator.ts';
export { Integrators, type KeyFacts, type SettingsChange } from './integrators.ts';
