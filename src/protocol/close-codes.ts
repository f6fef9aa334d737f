/**
 * Why a socket between link and gateway was closed (WebSocket codes 4000–4999 are the application's own).
 * `isFinal`: dialling again without a change by a person cannot help, so the link waits as long as it may.
 */
export const CLOSE_CODES = {
  /** The link ended its session on purpose: the site is `offline`. */
  goingOffline: { code: 4000, isFinal: false, reason: 'The site closed its session.' },
  /** The gateway is stopping; another dial finds another node or the restarted one. */
  gatewayStopping: { code: 4001, isFinal: false, reason: 'The gateway is stopping.' },
  /** A newer session of the same site took over. */
  displaced: { code: 4002, isFinal: false, reason: 'A newer session of this site took over.' },
  /** Nothing was heard for too long. */
  silent: { code: 4003, isFinal: false, reason: 'Nothing was heard for too long.' },
  /** A frame did not follow the protocol. */
  protocolViolation: { code: 4004, isFinal: false, reason: 'A frame broke the protocol.' },
  /** The signature does not fit the site's key. */
  notAuthenticated: { code: 4010, isFinal: true, reason: 'The identity was not accepted.' },
  /** The operator revoked the identity or removed the site. */
  revoked: { code: 4011, isFinal: true, reason: 'The identity was revoked.' },
  /** No protocol version in common. */
  versionRefused: { code: 4012, isFinal: true, reason: 'No protocol version in common.' },
} as const;

/** A name of the table of close codes. */
export type CloseCodeName = keyof typeof CLOSE_CODES;

/** Finds the name of a close code; undefined for codes of the WebSocket protocol itself. */
export function closeCodeName(code: number): CloseCodeName | undefined {
  const names = Object.keys(CLOSE_CODES) as CloseCodeName[];
  return names.find((name) => CLOSE_CODES[name].code === code);
}
