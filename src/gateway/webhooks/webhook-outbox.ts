import type { Clock } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import type { Bus } from '../bus/index.ts';
import type { Session } from '../store/index.ts';
import type { WebhookMessage } from './webhook.ts';

/** Says that deliveries are due. Who hears it looks at the store. */
export const DUE_TOPIC = 'webhooks.due';

export type DueBus = Pick<Bus<never, never>, 'publish' | 'subscribe'>;

/** Something that an integrator may want to be told. */
export interface WebhookEvent extends Omit<WebhookMessage, 'id'> {
  readonly integratorId: string;
}

/** Where other features leave what is to be told, in the transaction in which it becomes true. */
export class WebhookOutbox {
  readonly #clock: Clock;
  readonly #bus: DueBus;

  constructor(clock: Clock, bus: DueBus) {
    this.#clock = clock;
    this.#bus = bus;
  }

  /** Leaves one delivery where the integrator has a webhook for the source, and nothing where it has none. */
  async announce(session: Session, event: WebhookEvent): Promise<void> {
    const { siteId, queryId, occurredAt, integratorId, source } = event;
    await session.run(
      `INSERT INTO webhook_deliveries
         (id, webhook_id, site_id, query_id, occurred_at, attempts, due_at)
       SELECT CAST(? AS TEXT), id, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS BIGINT), 0,
         CAST(? AS BIGINT)
       FROM webhooks WHERE integrator_id = ? AND source = ?`,
      [newId(), siteId, queryId, occurredAt, this.#clock.now(), integratorId, source],
    );
  }

  /** To be called after the commit: the delivery then begins at once, and not when somebody next looks. */
  wake(): void {
    this.#bus.publish(DUE_TOPIC);
  }
}
