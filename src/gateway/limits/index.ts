export { Limits, type QueryLimits } from './limits.ts';
export { LimitsEvents } from './limits-events.ts';
