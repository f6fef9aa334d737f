export { type EnrolOptions, enrol } from './config/enrol.ts';
export { type LinkConfig, readLinkConfig, writeLinkConfig } from './config/link-config.ts';
export { type PairingCodeOptions, registerPairingCode } from './config/pairing-code.ts';
export { readIdentity } from './config/read-identity.ts';
export type { LinkIdentity } from './connection/dial-session.ts';
export type { Transport } from './connection/transport.ts';
export { type LinkOptions, type RunningLink, runLink } from './run-link.ts';
