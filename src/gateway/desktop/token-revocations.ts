import type { Clock } from '../../lib/clock.ts';
import { createExpiringCache, type ExpiringCache } from '../../lib/expiring-cache.ts';
import type { Alongside, Database } from '../store/index.ts';
import { MAX_TOKEN_LIFE_MS } from './desktop-token.ts';

/** Which tokens are meant: those that fit every member given. */
export interface TokenScope {
  readonly integratorId?: string | undefined;
  readonly siteId?: string | undefined;
  readonly deviceHash?: string | undefined;
}

export interface TokenRevocation extends TokenScope {
  /** Counts up without a gap; tokens that carry a lower number are void. */
  readonly sequence: number;
  readonly revokedAt: number;
}

interface RevocationRow {
  readonly sequence: number;
  readonly integrator_id: string | null;
  readonly site_id: string | null;
  readonly device_hash: string | null;
  readonly revoked_at: number;
}

/** Another gateway's revocations hold here after this time. */
const BELIEVED_MS = 1000;

/** Long after the tokens have expired, the operator may want to see what was done. */
const KEPT_MS = 30 * 24 * 60 * 60_000;
const LISTED = 100;
const ALL = 'all';

const COLUMNS = 'sequence, integrator_id, site_id, device_hash, revoked_at';

const toKey = ({ integratorId = '', siteId = '', deviceHash = '' }: TokenScope) =>
  `${integratorId} ${siteId} ${deviceHash}`;

/**
 * What voids tokens before they expire. Revocations have numbers and each token carries the newest one of its time, so
 * that the clocks of gateways play no part in which came first.
 */
export class TokenRevocations {
  readonly #database: Database;
  readonly #clock: Clock;
  /** Of each scope, the newest. */
  readonly #newest = new Map<string, { readonly sequence: number; readonly revokedAt: number }>();
  readonly #loaded: ExpiringCache<void>;
  #lastSequence = 0;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
    this.#loaded = createExpiringCache({
      clock,
      maxAgeMs: BELIEVED_MS,
      load: () => this.#loadNew(),
    });
  }

  /** Voids the tokens of a scope that have been issued by now. */
  async add(scope: TokenScope, alongside?: Alongside): Promise<TokenRevocation> {
    const { integratorId = null, siteId = null, deviceHash = null } = scope;
    const revokedAt = this.#clock.now();
    for (;;) {
      // A number is given once: whoever loses the race for it waits for the winner's commit, and so numbers never
      // become visible out of order.
      const sequence = (await this.lastSequence()) + 1;
      const isAdded = await this.#database.transaction(async (session) => {
        const added = await session.run(
          `INSERT INTO token_revocations (${COLUMNS}) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (sequence) DO NOTHING`,
          [sequence, integratorId, siteId, deviceHash, revokedAt],
        );
        if (added > 0) await alongside?.(session);
        return added > 0;
      });
      if (!isAdded) continue;
      this.#loaded.delete(ALL);
      return { sequence, revokedAt, ...scope };
    }
  }

  /** Number of the newest revocation, as the store has it now; 0 when there was none. */
  async lastSequence(): Promise<number> {
    const [row] = await this.#database.all<{ last: number | null }>(
      'SELECT MAX(sequence) AS last FROM token_revocations',
    );
    return row?.last ?? 0;
  }

  /** The latest ones, newest first. */
  async list(): Promise<TokenRevocation[]> {
    const rows = await this.#database.all<RevocationRow>(
      `SELECT ${COLUMNS} FROM token_revocations ORDER BY sequence DESC LIMIT ?`,
      [LISTED],
    );
    return rows.map(toRevocation);
  }

  /** @param sequence the number that the token carries */
  async isRevoked(token: Required<TokenScope>, sequence: number): Promise<boolean> {
    await this.#loaded.get(ALL);
    if (this.#newest.size === 0) return false;
    for (const integratorId of [token.integratorId, undefined]) {
      for (const siteId of [token.siteId, undefined]) {
        for (const deviceHash of [token.deviceHash, undefined]) {
          const newest = this.#newest.get(toKey({ integratorId, siteId, deviceHash }));
          if (newest && newest.sequence > sequence) return true;
        }
      }
    }
    return false;
  }

  /** Forgets what is long over. The newest stays: it holds the place of the numbers. */
  async forgetOld(): Promise<void> {
    await this.#database.run(
      `DELETE FROM token_revocations WHERE revoked_at <= ?
         AND sequence < (SELECT MAX(sequence) FROM token_revocations)`,
      [this.#clock.now() - KEPT_MS],
    );
  }

  async #loadNew(): Promise<void> {
    // Twice the life of a token, because the clock that wrote `revoked_at` may be wrong.
    const since = this.#clock.now() - 2 * MAX_TOKEN_LIFE_MS;
    const rows = await this.#database.all<RevocationRow>(
      `SELECT ${COLUMNS} FROM token_revocations WHERE sequence > ? AND revoked_at > ?
       ORDER BY sequence`,
      [this.#lastSequence, since],
    );
    if (rows.length === 0) return;
    for (const [key, { revokedAt }] of this.#newest) {
      if (revokedAt <= since) this.#newest.delete(key);
    }
    for (const { sequence, revokedAt, ...scope } of rows.map(toRevocation)) {
      const key = toKey(scope);
      // An earlier load may end later.
      if (sequence < (this.#newest.get(key)?.sequence ?? 0)) continue;
      this.#newest.set(key, { sequence, revokedAt });
      this.#lastSequence = Math.max(this.#lastSequence, sequence);
    }
  }
}

function toRevocation(row: RevocationRow): TokenRevocation {
  return {
    sequence: row.sequence,
    revokedAt: row.revoked_at,
    integratorId: row.integrator_id ?? undefined,
    siteId: row.site_id ?? undefined,
    deviceHash: row.device_hash ?? undefined,
  };
}
