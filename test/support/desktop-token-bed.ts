import { decodeJwt, decodeProtectedHeader, type JWTHeaderParameters, SignJWT } from 'jose';
import { DesktopTokens } from '../../src/gateway/desktop/index.ts';
import { SigningKeys } from '../../src/gateway/desktop/signing-keys.ts';
import { Metrics } from '../../src/gateway/metrics/index.ts';
import type { Database } from '../../src/gateway/store/index.ts';
import { newId } from '../../src/lib/ids.ts';
import type { StoreEngine, TestStore } from './store-engines.ts';

const SECRET_KEY = 'a secret of thirty-two characters or more';
export const HOUR = 3_600_000;
export const ROTATION_MS = 8 * HOUR;
export const SKEW_MS = 30_000;
export const TTL_S = 3600;
export const DEVICE = 'surgery-2/PC 07';

export interface TokenGatewayOptions {
  readonly secretKey?: string;
  /** How far its clock is ahead. */
  readonly aheadMs?: number;
}

/** Gateways that issue and check desktop tokens on one store, each with a connection of its own. */
export class DesktopTokenBed implements AsyncDisposable {
  now = 1_790_000_000_000;
  readonly metrics = new Metrics();
  readonly integratorId = newId();
  readonly siteId = newId();
  readonly store: TestStore;
  readonly database: Database;

  /** Built by {@link openDesktopTokenBed}. */
  constructor(store: TestStore, database: Database) {
    this.store = store;
    this.database = database;
  }

  async gateway(options: TokenGatewayOptions = {}): Promise<DesktopTokens> {
    const { secretKey = SECRET_KEY, aheadMs = 0 } = options;
    return new DesktopTokens({
      database: await this.store.open(),
      clock: { now: () => this.now + aheadMs },
      metrics: this.metrics,
      secretKey,
      tokenTtlS: TTL_S,
      clockSkewMs: SKEW_MS,
      keyRotationMs: ROTATION_MS,
    });
  }

  async issue(gateway: DesktopTokens, deviceId = DEVICE): Promise<string> {
    return (await gateway.issue(this.integratorId, this.siteId, deviceId)).accessToken;
  }

  /** A token signed with the very key of the gateways, but with these members changed; undefined leaves one out. */
  async forge(
    token: string,
    changes: { claims?: Record<string, unknown>; header?: Record<string, unknown> },
  ): Promise<string> {
    const { privateKey } = await new SigningKeys({
      database: this.database,
      clock: { now: () => this.now },
      secretKey: SECRET_KEY,
      rotationMs: ROTATION_MS,
    }).signing();
    const claims = without({ ...decodeJwt(token), ...changes.claims });
    const header = without({ ...decodeProtectedHeader(token), ...changes.header });
    return await new SignJWT(claims)
      .setProtectedHeader(header as JWTHeaderParameters)
      .sign(privateKey, { crit: { unheard: true } });
  }

  async refusals(): Promise<Record<string, number>> {
    const { text } = await this.metrics.expose();
    const counts = text.matchAll(/parhelion_desktop_tokens_total\{outcome="(\w+)"\} (\d+)/g);
    return Object.fromEntries([...counts].map(([, why, count]) => [why, Number(count)]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.store[Symbol.asyncDispose]();
  }
}

function without(members: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** A bed on a new store of the engine. */
export async function openDesktopTokenBed(engine: StoreEngine): Promise<DesktopTokenBed> {
  const store = await engine.createStore();
  const database = await store.open();
  await database.migrate();
  return new DesktopTokenBed(store, database);
}
