import { timingSafeEqual } from 'node:crypto';
import { errors, type JWK, jwtVerify, SignJWT } from 'jose';
import { Value } from 'typebox/value';
import type { Clock } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import type { Metrics } from '../metrics/index.ts';
import type { Alongside, Database } from '../store/index.ts';
import { AUDIENCE, Claims, ISSUER, SIGNATURE_ALGORITHM, TOKEN_TYPE } from './desktop-token.ts';
import { createDeviceHasher } from './device-id.ts';
import { SigningKeys } from './signing-keys.ts';
import { type TokenRevocation, TokenRevocations } from './token-revocations.ts';
import { VerifiedTokens } from './verified-tokens.ts';

export interface DesktopTokensOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly secretKey: string;
  readonly tokenTtlS: number;
  /** How far the clocks of gateways may differ. */
  readonly clockSkewMs: number;
  readonly keyRotationMs: number;
}

/** Whom a token lets in. */
export interface DesktopCaller {
  readonly integratorId: string;
  readonly siteId: string;
  readonly deviceHash: string;
}

export interface IssuedToken {
  readonly accessToken: string;
  readonly expiresInS: number;
}

/** Why a token was not taken; callers are never told. */
type Refusal = 'invalid' | 'expired' | 'otherDevice' | 'revoked';

/** Ours have about 550 characters; anything much longer is not read at all. */
const MAX_TOKEN_LENGTH = 2048;

/** Tokens that let one desktop of an integrator reach one site. */
export class DesktopTokens {
  readonly #options: DesktopTokensOptions;
  readonly #keys: SigningKeys;
  readonly #revocations: TokenRevocations;
  readonly #verified = new VerifiedTokens();
  readonly #hashDevice: (deviceId: string) => string;

  constructor(options: DesktopTokensOptions) {
    const { database, clock, secretKey, keyRotationMs: rotationMs } = options;
    this.#options = options;
    this.#keys = new SigningKeys({ database, clock, secretKey, rotationMs });
    this.#revocations = new TokenRevocations(database, clock);
    this.#hashDevice = createDeviceHasher(secretKey);
  }

  async issue(integratorId: string, siteId: string, deviceId: string): Promise<IssuedToken> {
    const { clock, tokenTtlS, metrics } = this.#options;
    const rev = await this.#revocations.lastSequence();
    const { kid, privateKey } = await this.#keys.signing();
    const nowS = Math.floor(clock.now() / 1000);
    const accessToken = await new SignJWT({ site: siteId, device: this.#hashDevice(deviceId), rev })
      .setProtectedHeader({ alg: SIGNATURE_ALGORITHM, typ: TOKEN_TYPE, kid })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(integratorId)
      .setIssuedAt(nowS)
      .setNotBefore(nowS)
      .setExpirationTime(nowS + tokenTtlS)
      .setJti(newId())
      .sign(privateKey);
    metrics.desktopTokenIssued();
    return { accessToken, expiresInS: tokenTtlS };
  }

  /** Whom the token lets in when this device sends it; undefined for one that is no good. */
  async authenticate(token: string, deviceId: string): Promise<DesktopCaller | undefined> {
    const outcome = await this.#check(token, deviceId);
    if (typeof outcome !== 'string') return outcome;
    this.#options.metrics.desktopTokenRefused(outcome);
    return undefined;
  }

  /** The keys that verify tokens, and for how long a reader may keep them. */
  async publishKeys(): Promise<{ readonly keys: readonly JWK[]; readonly maxAgeS: number }> {
    const keys = await this.#keys.listPublic();
    return { keys, maxAgeS: Math.floor(this.#keys.leadMs / 2000) };
  }

  /** Voids the tokens issued by now that fit every member given. */
  revoke(
    scope: {
      readonly integratorId?: string | undefined;
      readonly siteId?: string | undefined;
      readonly deviceId?: string | undefined;
    },
    alongside?: Alongside,
  ): Promise<TokenRevocation> {
    const { integratorId, siteId, deviceId } = scope;
    const deviceHash = deviceId === undefined ? undefined : this.#hashDevice(deviceId);
    return this.#revocations.add({ integratorId, siteId, deviceHash }, alongside);
  }

  listRevocations(): Promise<TokenRevocation[]> {
    return this.#revocations.list();
  }

  /** Rotates the keys when it is time, and forgets what is over. */
  async maintain(): Promise<void> {
    await this.#keys.maintain();
    await this.#revocations.forgetOld();
  }

  async #check(token: string, deviceId: string): Promise<DesktopCaller | Refusal> {
    const claims = this.#verified.get(token) ?? (await this.#verify(token));
    if (typeof claims === 'string') return claims;
    const now = this.#options.clock.now();
    if (claims.exp * 1000 + this.#options.clockSkewMs <= now) {
      this.#verified.delete(token);
      return 'expired';
    }
    if (!isSameText(claims.device, this.#hashDevice(deviceId))) return 'otherDevice';
    const caller = { integratorId: claims.sub, siteId: claims.site, deviceHash: claims.device };
    return (await this.#revocations.isRevoked(caller, claims.rev)) ? 'revoked' : caller;
  }

  async #verify(token: string): Promise<Claims | Refusal> {
    if (token.length > MAX_TOKEN_LENGTH) return 'invalid';
    const { clock, clockSkewMs } = this.#options;
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => this.#keyOf(kid), {
        algorithms: [SIGNATURE_ALGORITHM],
        typ: TOKEN_TYPE,
        issuer: ISSUER,
        audience: AUDIENCE,
        currentDate: new Date(clock.now()),
        clockTolerance: clockSkewMs / 1000,
      });
      if (!Value.Check(Claims, payload)) return 'invalid';
      this.#verified.add(token, payload);
      return payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) return 'expired';
      if (error instanceof errors.JOSEError) return 'invalid';
      throw error;
    }
  }

  async #keyOf(kid: unknown) {
    const key = typeof kid === 'string' ? await this.#keys.findPublic(kid) : undefined;
    if (!key) throw new errors.JWKSNoMatchingKey();
    return key;
  }
}

function isSameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
