import type { Clock } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import { hashPairingCode } from '../../protocol/pairing-code.ts';
import type { Alongside, Database, Session } from '../store/index.ts';
import { type PmsName, pmsTypeOf, type Site } from './site.ts';
import type { SiteDirectory } from './site-directory.ts';
import type { SiteReader } from './site-reader.ts';

export interface PairSiteRequest {
  readonly integratorId: string;
  readonly practiceManagementSiteId: string;
  readonly practiceManagementName: PmsName;
  readonly pairingCode?: string;
}

export type PairSiteResult =
  | { readonly outcome: 'paired'; readonly site: Site }
  | { readonly outcome: 'unknownSite' }
  /** Best Practice asks for a code, and so do practices that have said so. */
  | { readonly outcome: 'missingCode' }
  /** Wrong, used by somebody else, or expired. */
  | { readonly outcome: 'wrongCode' }
  | { readonly outcome: 'tooManyAttempts'; readonly retryAfterMs: number };

export interface PairedIntegrator {
  readonly id: string;
  readonly name: string;
  readonly pairedAt: number;
}

export interface PairingOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly reader: SiteReader;
  readonly directory: SiteDirectory;
}

const MAX_WRONG_CODES = 10;
const WRONG_CODES_WITHIN_MS = 10 * 60_000;

const PAIR = `
  INSERT INTO pairings (integrator_id, site_id, created_at) VALUES (?, ?, ?)
  ON CONFLICT (integrator_id, site_id) DO UPDATE SET
    created_at = CASE WHEN pairings.ended_at IS NULL THEN pairings.created_at
      ELSE excluded.created_at END,
    ended_at = NULL`;

/** Which integrator may reach which site. */
export class Pairing {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #reader: SiteReader;
  readonly #directory: SiteDirectory;

  constructor({ database, clock, reader, directory }: PairingOptions) {
    this.#database = database;
    this.#clock = clock;
    this.#reader = reader;
    this.#directory = directory;
  }

  /** @param alongside is told the site of a pairing that was not there before */
  async pairSite(request: PairSiteRequest, alongside?: Alongside<string>): Promise<PairSiteResult> {
    const { integratorId, practiceManagementSiteId, practiceManagementName } = request;
    const pmsType = pmsTypeOf(practiceManagementName);
    const [site] = await this.#reader.select(
      `WHERE s.pms_id = ? AND s.pms_type = ? AND s.authoritative = 1
         AND s.status IN ('initialising', 'active')`,
      [practiceManagementSiteId, pmsType ?? null],
    );
    if (!site) return { outcome: 'unknownSite' };
    if (await this.#isPairedNow(integratorId, site.id)) return { outcome: 'paired', site };
    const noted = async (session: Session) => alongside?.(session, site.id);
    if (!(await this.asksForCode(site.id))) {
      await this.pair(integratorId, site.id, (session) => noted(session));
      return { outcome: 'paired', site };
    }
    const code = request.pairingCode ?? '';
    if (code.trim() === '') return { outcome: 'missingCode' };
    return await this.#pairByCode(integratorId, site, hashPairingCode(site.id, code), noted);
  }

  /** Whether an integrator needs a code to pair with the site. */
  async asksForCode(siteId: string): Promise<boolean> {
    const [site] = await this.#database.all<{ pms_type: string; requires_code: number }>(
      'SELECT pms_type, requires_code FROM sites WHERE id = ?',
      [siteId],
    );
    return site?.pms_type === 'BestPractice' || site?.requires_code === 1;
  }

  /** The practice says whether it wants a code where its software asks for none. An older word changes nothing. */
  async requireCode(
    siteId: string,
    isRequired: boolean,
    saidAt: number,
    alongside?: Alongside,
  ): Promise<void> {
    await this.#database.transaction(async (session) => {
      const changes = await session.run(
        `UPDATE sites SET requires_code = ?, requires_code_said_at = ?
         WHERE id = ? AND requires_code_said_at < ?`,
        [isRequired ? 1 : 0, saidAt, siteId, saidAt],
      );
      if (changes > 0) await alongside?.(session);
    });
  }

  /** Integrators that may reach the site. */
  async listIntegrators(siteId: string): Promise<PairedIntegrator[]> {
    const rows = await this.#database.all<{ id: string; name: string; created_at: number }>(
      `SELECT i.id, i.name, p.created_at FROM pairings p JOIN integrators i ON i.id = p.integrator_id
       WHERE p.site_id = ? AND p.ended_at IS NULL ORDER BY i.id`,
      [siteId],
    );
    return rows.map(({ id, name, created_at: pairedAt }) => ({ id, name, pairedAt }));
  }

  /** Registers a code that the practice made, by its hash. One already used stays used. */
  async registerCode(siteId: string, codeHash: string, expiresAt: number): Promise<void> {
    await this.#database.run('DELETE FROM pairing_codes WHERE expires_at < ?', [this.#clock.now()]);
    await this.#database.run(
      `INSERT INTO pairing_codes (code_hash, site_id, expires_at) VALUES (?, ?, ?)
       ON CONFLICT (code_hash) DO UPDATE SET expires_at = excluded.expires_at
       WHERE pairing_codes.site_id = excluded.site_id`,
      [codeHash, siteId, expiresAt],
    );
  }

  /** Pairs without a code, as the operator. */
  async pair(integratorId: string, siteId: string, alongside?: Alongside): Promise<void> {
    await this.#database.transaction(async (session) => {
      await session.run(PAIR, [integratorId, siteId, this.#clock.now()]);
      await alongside?.(session);
    });
    this.#directory.forgetPairing(integratorId, siteId);
  }

  async unpair(integratorId: string, siteId: string, alongside?: Alongside): Promise<boolean> {
    const wasPaired = await this.#database.transaction(async (session) => {
      const changes = await session.run(
        `UPDATE pairings SET ended_at = ?
         WHERE integrator_id = ? AND site_id = ? AND ended_at IS NULL`,
        [this.#clock.now(), integratorId, siteId],
      );
      if (changes > 0) await alongside?.(session);
      return changes > 0;
    });
    this.#directory.forgetPairing(integratorId, siteId);
    return wasPaired;
  }

  /** The integrator's sites of one practice, removed ones too: that is how `removed` is read. */
  listSites(integratorId: string, pmsId: string, pmsName: PmsName): Promise<Site[]> {
    return this.#reader.select(
      `JOIN pairings a ON a.site_id = s.id
       WHERE a.integrator_id = ? AND a.ended_at IS NULL AND s.pms_id = ? AND s.pms_type = ?
       ORDER BY s.id`,
      [integratorId, pmsId, pmsTypeOf(pmsName) ?? null],
    );
  }

  async #pairByCode(
    integratorId: string,
    site: Site,
    codeHash: string,
    alongside: Alongside,
  ): Promise<PairSiteResult> {
    const attemptId = newId();
    const retryAfterMs = await this.#countAttempt(site.id, attemptId);
    if (retryAfterMs !== undefined) return { outcome: 'tooManyAttempts', retryAfterMs };
    const isPaired = await this.#database.transaction(async (session) => {
      if (!(await this.#useCode(session, integratorId, site.id, codeHash))) return false;
      await alongside(session);
      return true;
    });
    // A concurrent request of the same integrator may have used this very code.
    const isPairedAnyway = isPaired || (await this.#isPairedNow(integratorId, site.id));
    if (!isPairedAnyway) return { outcome: 'wrongCode' };
    await this.#forgetAttempt(attemptId);
    this.#directory.forgetPairing(integratorId, site.id);
    return { outcome: 'paired', site };
  }

  async #useCode(
    session: Session,
    integratorId: string,
    siteId: string,
    codeHash: string,
  ): Promise<boolean> {
    const now = this.#clock.now();
    const used = await session.run(
      `UPDATE pairing_codes SET used_at = ?, used_by = ?
       WHERE code_hash = ? AND site_id = ? AND used_at IS NULL AND expires_at > ?`,
      [now, integratorId, codeHash, siteId, now],
    );
    if (used === 0) return false;
    await session.run(PAIR, [integratorId, siteId, now]);
    return true;
  }

  /**
   * Counted before the code is looked at, so that parallel guesses cannot slip through between counting and
   * guessing. Resolves to the time to wait when there were too many.
   */
  async #countAttempt(siteId: string, attemptId: string): Promise<number | undefined> {
    const now = this.#clock.now();
    const since = now - WRONG_CODES_WITHIN_MS;
    await this.#database.run(
      'DELETE FROM pairing_attempts WHERE site_id = ? AND attempted_at <= ?',
      [siteId, since],
    );
    await this.#database.run(
      'INSERT INTO pairing_attempts (id, site_id, attempted_at) VALUES (?, ?, ?)',
      [attemptId, siteId, now],
    );
    const attempts = await this.#database.all<{ attempted_at: number }>(
      `SELECT attempted_at FROM pairing_attempts WHERE site_id = ? AND attempted_at > ?
       ORDER BY attempted_at`,
      [siteId, since],
    );
    if (attempts.length <= MAX_WRONG_CODES) return undefined;
    // Refused ones do not count, or hammering would lock the practice out for ever.
    await this.#forgetAttempt(attemptId);
    return Math.max(1, (attempts[0]?.attempted_at ?? now) - since);
  }

  async #forgetAttempt(attemptId: string): Promise<void> {
    await this.#database.run('DELETE FROM pairing_attempts WHERE id = ?', [attemptId]);
  }

  async #isPairedNow(integratorId: string, siteId: string): Promise<boolean> {
    this.#directory.forgetPairing(integratorId, siteId);
    return await this.#directory.isPaired(integratorId, siteId);
  }
}
