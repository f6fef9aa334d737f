import { randomBytes } from 'node:crypto';
import { createSecretBox, type SecretBox } from '../../lib/secret-box.ts';
import type { WebhookTarget } from './webhook.ts';

/** A target as it is stored. */
export interface SealedTarget {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly nextSecret: string | null;
}

/** Makes the secrets that sign deliveries, and keeps them unreadable in the store. */
export class WebhookSecrets {
  readonly #box: SecretBox;

  constructor(secretKey: string) {
    this.#box = createSecretBox(secretKey, 'webhook secrets');
  }

  generate(): string {
    return randomBytes(32).toString('base64url');
  }

  seal(secret: string, webhookId: string): string {
    return this.#box.seal(secret, webhookId);
  }

  /** Undefined when the gateway's secret key is not the one that sealed it. */
  open({ id, url, secret, nextSecret }: SealedTarget): WebhookTarget | undefined {
    const current = this.#box.open(secret, id);
    if (current === undefined) return undefined;
    const next = nextSecret === null ? undefined : this.#box.open(nextSecret, id);
    return { url, secret: current, nextSecret: next };
  }
}
