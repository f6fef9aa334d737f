export type { Bus, BusHandler, BusMessage, CallOutcome } from './bus.ts';
export { openBus } from './open-bus.ts';
