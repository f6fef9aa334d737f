import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Clock } from '../../lib/clock.ts';
import { createExpiringCache, type ExpiringCache } from '../../lib/expiring-cache.ts';
import { newId } from '../../lib/ids.ts';
import { createSecretBox, type SecretBox } from '../../lib/secret-box.ts';
import type { Database } from '../store/index.ts';
import { MAX_TOKEN_LIFE_MS, SIGNATURE_ALGORITHM } from './desktop-token.ts';

export interface SigningKeysOptions {
  readonly database: Database;
  readonly clock: Clock;
  /** The gateway's secret key; keys made under another one are not believed. */
  readonly secretKey: string;
  /** Age at which a key gets a successor. */
  readonly rotationMs: number;
}

interface SigningKey {
  readonly kid: string;
  readonly createdAt: number;
  readonly signsFrom: number;
  readonly publicJwk: JWK;
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
}

interface KeyRow {
  readonly generation: number;
  readonly kid: string;
  readonly sealed_key: string;
  readonly created_at: number;
  readonly signs_from: number;
}

/** The keys as the store has them, oldest first. */
interface KeyRing {
  readonly keys: readonly SigningKey[];
  /** Counts those too that cannot be opened. */
  readonly lastGeneration: number;
}

const BELIEVED_MS = 1000;
const RING = 'ring';

/** A key is published this long before it signs, so that whoever keeps the published keys for a while knows it. */
const LONGEST_LEAD_MS = 10 * 60_000;

/**
 * The keys that sign tokens, shared by all gateways of a store. Each is stored sealed as a whole, so that only who holds
 * the secret key can add one.
 */
export class SigningKeys {
  readonly #options: SigningKeysOptions;
  readonly #box: SecretBox;
  readonly #ring: ExpiringCache<KeyRing>;
  readonly #opened = new Map<string, SigningKey>();
  #nextLoad: Promise<KeyRing> | undefined;

  constructor(options: SigningKeysOptions) {
    this.#options = options;
    this.#box = createSecretBox(options.secretKey, 'signing keys');
    this.#ring = createExpiringCache({
      clock: options.clock,
      maxAgeMs: BELIEVED_MS,
      load: () => this.#load(),
    });
  }

  /** Time between publishing a key and its first signature. */
  get leadMs(): number {
    return Math.min(LONGEST_LEAD_MS, Math.floor(this.#options.rotationMs / 4));
  }

  /** Makes the next key when it is due, and forgets those whose last token has expired. */
  async maintain(): Promise<void> {
    let ring = await this.#loadAnew();
    // Another gateway may make the next one first; with another secret key, one that is of no use here.
    while (this.#isDue(ring)) {
      await this.#create(ring);
      ring = await this.#loadAnew();
    }
    if (ring.lastGeneration > 1) await this.#forgetOld();
  }

  /** The key that signs now. */
  async signing(): Promise<SigningKey> {
    let { keys } = await this.#ring.get(RING);
    if (keys.length === 0) {
      await this.maintain();
      ({ keys } = await this.#loadAnew());
    }
    const now = this.#options.clock.now();
    const key = keys.findLast(({ signsFrom }) => signsFrom <= now) ?? keys[0];
    if (!key) throw new Error('there is no signing key although one was made');
    return key;
  }

  /** The key of this id, also when another gateway has made it just now. */
  async findPublic(kid: string): Promise<CryptoKey | undefined> {
    const isIt = (key: SigningKey) => key.kid === kid;
    const known = (await this.#ring.get(RING)).keys.find(isIt);
    return (known ?? (await this.#loadAnew()).keys.find(isIt))?.publicKey;
  }

  /** What verifies tokens: keys that sign, that will, and that have signed what may not have expired. */
  async listPublic(): Promise<JWK[]> {
    return (await this.#ring.get(RING)).keys.map(({ publicJwk }) => publicJwk);
  }

  #isDue({ keys }: KeyRing): boolean {
    const newest = keys.at(-1);
    const { clock, rotationMs } = this.#options;
    return !newest || newest.createdAt + rotationMs <= clock.now();
  }

  async #create({ keys, lastGeneration }: KeyRing): Promise<void> {
    const pair = await generateKeyPair(SIGNATURE_ALGORITHM, { extractable: true });
    const kid = newId();
    const sealed = this.#box.seal(JSON.stringify(await exportJWK(pair.privateKey)), kid);
    const now = this.#options.clock.now();
    const signsFrom = keys.length === 0 ? now : now + this.leadMs;
    await this.#options.database.run(
      `INSERT INTO signing_keys (generation, kid, sealed_key, created_at, signs_from)
       VALUES (?, ?, ?, ?, ?) ON CONFLICT (generation) DO NOTHING`,
      [lastGeneration + 1, kid, sealed, now, signsFrom],
    );
  }

  async #forgetOld(): Promise<void> {
    const { database, clock } = this.#options;
    await database.run(
      `DELETE FROM signing_keys WHERE generation <
         (SELECT MAX(generation) FROM signing_keys WHERE signs_from <= ?)`,
      [clock.now() - MAX_TOKEN_LIFE_MS],
    );
  }

  /** A load that begins after the call. All who wait share it, so that unknown ids cost one query at a time. */
  #loadAnew(): Promise<KeyRing> {
    this.#nextLoad ??= this.#loadAfterCurrent();
    return this.#nextLoad;
  }

  async #loadAfterCurrent(): Promise<KeyRing> {
    try {
      await this.#ring.get(RING);
    } finally {
      this.#nextLoad = undefined;
    }
    this.#ring.delete(RING);
    return await this.#ring.get(RING);
  }

  async #load(): Promise<KeyRing> {
    const rows = await this.#options.database.all<KeyRow>(
      `SELECT generation, kid, sealed_key, created_at, signs_from FROM signing_keys
       ORDER BY generation`,
    );
    const keys: SigningKey[] = [];
    for (const row of rows) {
      const key = this.#opened.get(row.kid) ?? (await this.#open(row));
      if (key) keys.push(key);
    }
    this.#opened.clear();
    for (const key of keys) this.#opened.set(key.kid, key);
    return { keys, lastGeneration: rows.at(-1)?.generation ?? 0 };
  }

  async #open(row: KeyRow): Promise<SigningKey | undefined> {
    const { kid } = row;
    const text = this.#box.open(row.sealed_key, kid);
    if (text === undefined) return undefined;
    const privateJwk = JSON.parse(text) as JWK;
    const { kty, crv, x, y } = privateJwk as Required<JWK>;
    const publicJwk = { kty, crv, x, y, kid, alg: SIGNATURE_ALGORITHM, use: 'sig' };
    return {
      kid,
      createdAt: row.created_at,
      signsFrom: row.signs_from,
      publicJwk,
      publicKey: (await importJWK(publicJwk, SIGNATURE_ALGORITHM)) as CryptoKey,
      privateKey: (await importJWK(privateJwk, SIGNATURE_ALGORITHM)) as CryptoKey,
    };
  }
}
