export type { Bus, CallOutcome } from './bus.ts';
export { openBus } from './open-bus.ts';
