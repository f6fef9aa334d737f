import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Clock } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import type { Alongside, Database, Session, SqlValue } from '../store/index.ts';
import type { AddressGuard } from './address-guard.ts';
import type { Webhook, WebhookSource, WebhookStatistics } from './webhook.ts';
import type { SealedTarget, WebhookSecrets } from './webhook-secrets.ts';
import { checkWebhookUrl } from './webhook-url.ts';

export interface WebhookSettings {
  readonly url: string;
  /** Left out, a new webhook gets one that is made here, and an existing one keeps its own. */
  readonly secret?: string;
}

export interface WebhookWithStatistics extends Webhook {
  readonly statistics: WebhookStatistics;
}

type WebhookRow = Webhook & WebhookStatistics;

const SELECT_ROW = `
  SELECT id, integrator_id AS "integratorId", source, url, created_at AS "createdAt",
    updated_at AS "updatedAt", secret_created_at AS "secretCreatedAt",
    next_secret_created_at AS "nextSecretCreatedAt", attempt_count AS "attempts",
    delivered_count AS "delivered", failed_count AS "failed",
    last_delivered_at AS "lastDeliveredAt", last_failed_at AS "lastFailedAt",
    (SELECT COUNT(*) FROM webhook_deliveries d
     WHERE d.webhook_id = webhooks.id AND d.due_at IS NOT NULL) AS "pending"
  FROM webhooks`;

function toWebhook(row: WebhookRow): WebhookWithStatistics {
  const { pending, delivered, failed, attempts, lastDeliveredAt, lastFailedAt, ...webhook } = row;
  const statistics = { pending, delivered, failed, attempts, lastDeliveredAt, lastFailedAt };
  return { ...webhook, statistics };
}

/** The webhooks of integrators and their secrets (docs/decisions/0018). */
export class WebhookRegistry {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #secrets: WebhookSecrets;
  readonly #guard: AddressGuard;

  constructor(options: {
    readonly database: Database;
    readonly clock: Clock;
    readonly secrets: WebhookSecrets;
    readonly guard: AddressGuard;
  }) {
    this.#database = options.database;
    this.#clock = options.clock;
    this.#secrets = options.secrets;
    this.#guard = options.guard;
  }

  async list(integratorId: string): Promise<WebhookWithStatistics[]> {
    const rows = await this.#database.all<WebhookRow>(
      `${SELECT_ROW} WHERE integrator_id = ? ORDER BY source`,
      [integratorId],
    );
    return rows.map(toWebhook);
  }

  async find(
    integratorId: string,
    source: WebhookSource,
  ): Promise<WebhookWithStatistics | undefined> {
    const [row] = await this.#database.all<WebhookRow>(
      `${SELECT_ROW} WHERE integrator_id = ? AND source = ?`,
      [integratorId, source],
    );
    return row && toWebhook(row);
  }

  async findTarget(integratorId: string, source: WebhookSource): Promise<SealedTarget | undefined> {
    const [target] = await this.#database.all<SealedTarget>(
      `SELECT id, url, secret, next_secret AS "nextSecret" FROM webhooks
       WHERE integrator_id = ? AND source = ?`,
      [integratorId, source],
    );
    return target;
  }

  /**
   * Creates or changes a webhook of an integrator that exists.
   *
   * @returns the secret when it was made here: it is shown now and never again
   * @throws ParhelionError `invalidRequest` that names `body.url`
   */
  async put(
    integratorId: string,
    source: WebhookSource,
    settings: WebhookSettings,
    alongside?: Alongside,
  ): Promise<{ readonly isNew: boolean; readonly secret: string | undefined }> {
    checkWebhookUrl(settings.url, this.#guard);
    return await this.#database.transaction(async (session) => {
      const [existing] = await session.all<{ id: string }>(
        'SELECT id FROM webhooks WHERE integrator_id = ? AND source = ? FOR UPDATE',
        [integratorId, source],
      );
      if (existing) {
        await this.#change(session, existing.id, settings);
        await alongside?.(session);
        return { isNew: false, secret: undefined };
      }
      const secret = settings.secret ?? this.#secrets.generate();
      const id = newId();
      const now = this.#clock.now();
      const sealed = this.#secrets.seal(secret, id);
      const inserted = await session.run(
        `INSERT INTO webhooks
           (id, integrator_id, source, url, secret, secret_created_at, created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (integrator_id, source) DO NOTHING`,
        [id, integratorId, source, settings.url, sealed, now, now, now],
      );
      if (inserted === 0) throw new ParhelionError('conflict');
      await alongside?.(session);
      return { isNew: true, secret: settings.secret === undefined ? secret : undefined };
    });
  }

  /** Deletes a webhook together with all its deliveries. */
  async delete(
    integratorId: string,
    source: WebhookSource,
    alongside?: Alongside,
  ): Promise<boolean> {
    return await this.#database.transaction(async (session) => {
      await session.run(
        `DELETE FROM webhook_deliveries WHERE webhook_id IN (
           SELECT id FROM webhooks WHERE integrator_id = ? AND source = ?)`,
        [integratorId, source],
      );
      const deleted = await session.run(
        'DELETE FROM webhooks WHERE integrator_id = ? AND source = ?',
        [integratorId, source],
      );
      if (deleted > 0) await alongside?.(session);
      return deleted > 0;
    });
  }

  /**
   * Makes the secret that will replace the current one; both sign until {@link activateSecret}. Done again, it replaces
   * the one that was made before.
   *
   * @returns the new secret, shown now and never again; undefined without such a webhook
   */
  async rotateSecret(
    integratorId: string,
    source: WebhookSource,
    alongside?: Alongside,
  ): Promise<string | undefined> {
    const webhook = await this.findTarget(integratorId, source);
    if (!webhook) return undefined;
    const secret = this.#secrets.generate();
    const now = this.#clock.now();
    const isChanged = await this.#changing(
      `UPDATE webhooks SET next_secret = ?, next_secret_created_at = ?, updated_at = ?
       WHERE id = ?`,
      [this.#secrets.seal(secret, webhook.id), now, now, webhook.id],
      alongside,
    );
    return isChanged ? secret : undefined;
  }

  /** Ends a rotation: the next secret is the current one from now on, and the old one signs no more. */
  async activateSecret(
    integratorId: string,
    source: WebhookSource,
    alongside?: Alongside,
  ): Promise<boolean> {
    return await this.#changing(
      `UPDATE webhooks SET secret = next_secret, secret_created_at = next_secret_created_at,
         next_secret = NULL, next_secret_created_at = NULL, updated_at = ?
       WHERE integrator_id = ? AND source = ? AND next_secret IS NOT NULL`,
      [this.#clock.now(), integratorId, source],
      alongside,
    );
  }

  /** Runs one statement; what goes alongside is written only when it has changed something. */
  async #changing(
    sql: string,
    values: readonly SqlValue[],
    alongside?: Alongside,
  ): Promise<boolean> {
    return await this.#database.transaction(async (session) => {
      const changes = await session.run(sql, values);
      if (changes > 0) await alongside?.(session);
      return changes > 0;
    });
  }

  async #change(session: Session, id: string, { url, secret }: WebhookSettings): Promise<void> {
    const now = this.#clock.now();
    await session.run('UPDATE webhooks SET url = ?, updated_at = ? WHERE id = ?', [url, now, id]);
    if (secret === undefined) return;
    await session.run(
      `UPDATE webhooks SET secret = ?, secret_created_at = ?, next_secret = NULL,
         next_secret_created_at = NULL WHERE id = ?`,
      [this.#secrets.seal(secret, id), now, id],
    );
  }
}
