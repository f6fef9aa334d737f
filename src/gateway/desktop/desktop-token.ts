import { type Static, Type } from 'typebox';

export const SIGNATURE_ALGORITHM = 'ES256';
/** Says what the token is for, so that no other signed text can pass for one (RFC 8725 §3.11). */
export const TOKEN_TYPE = 'parhelion-desktop+jwt';
export const ISSUER = 'parhelion';
export const AUDIENCE = 'parhelion:desktop';

/** The longest a token may live; `settings.json` holds the settings within it. */
const LONGEST_TTL_MS = 24 * 60 * 60_000;
const LARGEST_SKEW_MS = 5 * 60_000;

/** Older tokens have expired everywhere, however the gateways' clocks and settings differ. */
export const MAX_TOKEN_LIFE_MS = LONGEST_TTL_MS + 2 * LARGEST_SKEW_MS;

/** What a token says beyond its issuer and audience. Times are seconds since 1970. */
export const Claims = Type.Object({
  /** Id of the integrator. */
  sub: Type.String({ format: 'uuid' }),
  site: Type.String({ format: 'uuid' }),
  /** Keyed hash of the device id. */
  device: Type.String(),
  /** Number of the newest revocation when it was issued: only later ones can void it. */
  rev: Type.Integer({ minimum: 0 }),
  iat: Type.Integer(),
  nbf: Type.Integer(),
  exp: Type.Integer(),
  jti: Type.String(),
});
export type Claims = Static<typeof Claims>;
