import type { Clock } from '../../lib/clock.ts';
import { createExpiringCache, type ExpiringCache } from '../../lib/expiring-cache.ts';
import { newId } from '../../lib/ids.ts';
import type { Alongside, Database } from '../store/index.ts';
import {
  checkSettings,
  INTEGRATOR_COLUMNS,
  type Integrator,
  type IntegratorRow,
  type IntegratorSettings,
  toIntegrator,
} from './integrator.ts';
import { KeyUseRecorder } from './key-use-recorder.ts';
import { createKeyHasher, generateKey, type KeySlot } from './subscription-key.ts';

export interface IntegratorsOptions {
  readonly database: Database;
  readonly clock: Clock;
  /** The gateway's secret key; another one makes all subscription keys unknown. */
  readonly secretKey: string;
  /** Called when last uses could not be written; they are tried again. */
  readonly onFlushFailed: (error: unknown) => void;
}

export interface CreatedIntegrator {
  readonly integrator: Integrator;
  /** Shown now and never again. */
  readonly primaryKey: string;
  readonly secondaryKey: string;
}

/** Settings as they were and as they are. */
export interface SettingsChange {
  readonly before: IntegratorSettings;
  readonly after: IntegratorSettings;
}

/** What may be told about a key. */
export interface KeyFacts {
  readonly slot: KeySlot;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
}

/** Another gateway's revocations and changes hold here after this time. */
const BELIEVED_MS = 1000;

const UPSERT_KEY = `
  INSERT INTO subscription_keys (integrator_id, slot, key_hash, created_at)
  VALUES (?, ?, ?, ?)
  ON CONFLICT (integrator_id, slot) DO UPDATE SET
    key_hash = excluded.key_hash, created_at = excluded.created_at,
    last_used_at = NULL, revoked_at = NULL`;

interface KeyOwner {
  readonly integratorId: string;
  readonly slot: KeySlot;
}

/** The companies that call the gateway, and their subscription keys. */
export class Integrators implements AsyncDisposable {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #hashKey: (key: string) => string;
  readonly #keyOwners: ExpiringCache<KeyOwner | undefined>;
  readonly #integrators: ExpiringCache<Integrator | undefined>;
  readonly #uses: KeyUseRecorder;

  constructor({ database, clock, secretKey, onFlushFailed }: IntegratorsOptions) {
    this.#database = database;
    this.#clock = clock;
    this.#hashKey = createKeyHasher(secretKey);
    this.#uses = new KeyUseRecorder(database, onFlushFailed);
    const cached = { clock, maxAgeMs: BELIEVED_MS };
    this.#keyOwners = createExpiringCache({ ...cached, load: (hash) => this.#loadOwner(hash) });
    this.#integrators = createExpiringCache({ ...cached, load: (id) => this.#load(id) });
  }

  async create(
    name: string,
    settings: IntegratorSettings = {},
    alongside?: Alongside<Integrator>,
  ): Promise<CreatedIntegrator> {
    const now = this.#clock.now();
    const [primaryKey, secondaryKey] = [generateKey(), generateKey()];
    const integrator: Integrator = {
      id: newId(),
      name,
      settings: checkSettings(settings),
      createdAt: now,
      updatedAt: now,
    };
    await this.#database.transaction(async (session) => {
      await session.run(
        'INSERT INTO integrators (id, name, settings, created_at, updated_at) VALUES (?, ?, ?, ?, ?)',
        [integrator.id, name, JSON.stringify(settings), now, now],
      );
      await session.run(UPSERT_KEY, [integrator.id, 'primary', this.#hashKey(primaryKey), now]);
      await session.run(UPSERT_KEY, [integrator.id, 'secondary', this.#hashKey(secondaryKey), now]);
      await alongside?.(session, integrator);
    });
    this.#integrators.delete(integrator.id);
    return { integrator, primaryKey, secondaryKey };
  }

  /** The integrator as it was at most a second ago. */
  get(integratorId: string): Promise<Integrator | undefined> {
    return this.#integrators.get(integratorId);
  }

  async list(): Promise<Integrator[]> {
    const rows = await this.#database.all<IntegratorRow>(
      `SELECT ${INTEGRATOR_COLUMNS} FROM integrators ORDER BY id`,
    );
    return rows.map(toIntegrator);
  }

  /** Replaces the settings as a whole. */
  async updateSettings(integratorId: string, settings: IntegratorSettings): Promise<boolean> {
    return (await this.changeSettings(integratorId, () => settings)) !== undefined;
  }

  /**
   * Changes the settings; nobody else's change gets lost in between.
   *
   * @returns the new settings; undefined for an unknown integrator
   * @throws ParhelionError `invalidRequest` that names the setting, and nothing is changed
   */
  async changeSettings(
    integratorId: string,
    change: (settings: IntegratorSettings) => object,
    alongside?: Alongside<SettingsChange>,
  ): Promise<IntegratorSettings | undefined> {
    const changed = await this.#database.transaction(async (session) => {
      const [row] = await session.all<IntegratorRow>(
        `SELECT ${INTEGRATOR_COLUMNS} FROM integrators WHERE id = ? FOR UPDATE`,
        [integratorId],
      );
      if (!row) return undefined;
      const before = toIntegrator(row).settings;
      const settings = checkSettings(change(before));
      await session.run('UPDATE integrators SET settings = ?, updated_at = ? WHERE id = ?', [
        JSON.stringify(settings),
        this.#clock.now(),
        integratorId,
      ]);
      await alongside?.(session, { before, after: settings });
      return settings;
    });
    this.#integrators.delete(integratorId);
    return changed;
  }

  async listKeys(integratorId: string): Promise<KeyFacts[]> {
    await this.#uses.flush();
    return await this.#database.all<KeyFacts>(
      `SELECT slot, created_at AS "createdAt", last_used_at AS "lastUsedAt",
         revoked_at AS "revokedAt"
       FROM subscription_keys WHERE integrator_id = ? ORDER BY slot`,
      [integratorId],
    );
  }

  /** Puts a new key in the slot: the old one ends, the other slot's goes on. */
  async rotateKey(
    integratorId: string,
    slot: KeySlot,
    alongside?: Alongside,
  ): Promise<string | undefined> {
    if (!(await this.#load(integratorId))) return undefined;
    const key = generateKey();
    const values = [integratorId, slot, this.#hashKey(key), this.#clock.now()];
    await this.#database.transaction(async (session) => {
      await session.run(UPSERT_KEY, values);
      await alongside?.(session);
    });
    this.#keyOwners.clear();
    return key;
  }

  async revokeKey(integratorId: string, slot: KeySlot, alongside?: Alongside): Promise<boolean> {
    const isRevoked = await this.#database.transaction(async (session) => {
      const changes = await session.run(
        `UPDATE subscription_keys SET revoked_at = ?
         WHERE integrator_id = ? AND slot = ? AND revoked_at IS NULL`,
        [this.#clock.now(), integratorId, slot],
      );
      if (changes > 0) await alongside?.(session);
      return changes > 0;
    });
    this.#keyOwners.clear();
    return isRevoked;
  }

  /** Whose key it is; undefined for an unknown or revoked one. */
  async authenticate(key: string): Promise<{ readonly integratorId: string } | undefined> {
    const owner = await this.#keyOwners.get(this.#hashKey(key));
    if (owner) this.#uses.record(owner.integratorId, owner.slot, this.#clock.now());
    return owner;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#uses[Symbol.asyncDispose]();
  }

  async #load(integratorId: string): Promise<Integrator | undefined> {
    const [row] = await this.#database.all<IntegratorRow>(
      `SELECT ${INTEGRATOR_COLUMNS} FROM integrators WHERE id = ?`,
      [integratorId],
    );
    return row && toIntegrator(row);
  }

  async #loadOwner(keyHash: string): Promise<KeyOwner | undefined> {
    const [owner] = await this.#database.all<KeyOwner>(
      `SELECT integrator_id AS "integratorId", slot FROM subscription_keys
       WHERE key_hash = ? AND revoked_at IS NULL`,
      [keyHash],
    );
    return owner;
  }
}
