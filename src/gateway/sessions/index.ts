export { LinkSessions, type SiteRegister } from './link-sessions.ts';
export { SessionEvents } from './session-events.ts';
export { type SiteBus, SiteCalls, serveSession } from './site-calls.ts';
export type { CommandOutcome, FhirOutcome, NoAnswer, SiteOutcome } from './site-exchange.ts';
export type { FeatureFrame, SiteSession } from './site-session.ts';
