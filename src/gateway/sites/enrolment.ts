import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import type { Alongside, Database } from '../store/index.ts';

export interface LinkIdentity {
  readonly id: string;
  readonly siteId: string;
  readonly publicKey: string;
  readonly enrolledAt: number;
}

export type EnrolResult =
  | { readonly outcome: 'enrolled'; readonly siteId: string; readonly revokedIds: string[] }
  /** Unknown, used or expired, or its site is removed. */
  | { readonly outcome: 'refused' };

const REVOKE = `
  UPDATE link_identities SET revoked_at = ?
  WHERE site_id = ? AND revoked_at IS NULL RETURNING id`;

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** How a link becomes the link of a site: a one-time token is exchanged for the link's public key. */
export class Enrolment {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** A token to hand to whoever installs the link; undefined for an unknown or removed site. */
  async issueToken(
    siteId: string,
    validForMs: number,
    alongside?: Alongside,
  ): Promise<{ token: string; expiresAt: number } | undefined> {
    const token = randomBytes(32).toString('base64url');
    const now = this.#clock.now();
    const expiresAt = now + validForMs;
    await this.#database.run('DELETE FROM enrolment_tokens WHERE expires_at < ?', [now]);
    return await this.#database.transaction(async (session) => {
      const changes = await session.run(
        `INSERT INTO enrolment_tokens (token_hash, site_id, expires_at)
         SELECT ?, id, CAST(? AS BIGINT) FROM sites WHERE id = ? AND status <> 'removed'`,
        [hashToken(token), expiresAt, siteId],
      );
      if (changes === 0) return undefined;
      await alongside?.(session);
      return { token, expiresAt };
    });
  }

  /** Uses the token up and registers the key, both or neither. An earlier key of the site ends. */
  async enrol(
    token: string,
    publicKey: string,
    alongside?: Alongside<string>,
  ): Promise<EnrolResult> {
    const now = this.#clock.now();
    return await this.#database.transaction(async (session): Promise<EnrolResult> => {
      const [used] = await session.all<{ site_id: string }>(
        `UPDATE enrolment_tokens SET used_at = ?
         WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?
           AND site_id IN (SELECT id FROM sites WHERE status <> 'removed')
         RETURNING site_id`,
        [now, hashToken(token), now],
      );
      if (!used) return { outcome: 'refused' };
      // Two tokens of one site may be used at once: the second waits here for the first to commit.
      await session.run('UPDATE sites SET updated_at = ? WHERE id = ?', [now, used.site_id]);
      const revoked = await session.all<{ id: string }>(REVOKE, [now, used.site_id]);
      await session.run(
        'INSERT INTO link_identities (id, site_id, public_key, enrolled_at) VALUES (?, ?, ?, ?)',
        [newId(), used.site_id, publicKey, now],
      );
      await alongside?.(session, used.site_id);
      return {
        outcome: 'enrolled',
        siteId: used.site_id,
        revokedIds: revoked.map(({ id }) => id),
      };
    });
  }

  /** The key that the site's link must sign with; undefined when it has none, or it was revoked. */
  async findIdentity(siteId: string): Promise<LinkIdentity | undefined> {
    const [identity] = await this.#database.all<LinkIdentity>(
      `SELECT i.id, i.site_id AS "siteId", i.public_key AS "publicKey", i.enrolled_at AS "enrolledAt"
       FROM link_identities i JOIN sites s ON s.id = i.site_id
       WHERE i.site_id = ? AND i.revoked_at IS NULL AND s.status <> 'removed'`,
      [siteId],
    );
    return identity;
  }

  /** Ids of identities taken back since a time, by whichever gateway. */
  async findRevokedSince(since: number): Promise<string[]> {
    const rows = await this.#database.all<{ id: string }>(
      'SELECT id FROM link_identities WHERE revoked_at >= ?',
      [since],
    );
    return rows.map(({ id }) => id);
  }

  /** The id of the identity that ended; undefined when the site had none. */
  async revokeIdentity(siteId: string, alongside?: Alongside): Promise<string | undefined> {
    return await this.#database.transaction(async (session) => {
      const [revoked] = await session.all<{ id: string }>(REVOKE, [this.#clock.now(), siteId]);
      if (revoked) await alongside?.(session);
      return revoked?.id;
    });
  }
}
