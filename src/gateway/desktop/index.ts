export { DesktopTokens } from './desktop-tokens.ts';
export { problemOfDeviceId } from './device-id.ts';
export type { TokenRevocation } from './token-revocations.ts';
