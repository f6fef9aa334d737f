import { type SenderOptions, sendRequest } from './send-request.ts';
import { signedRequest } from './signed-request.ts';
import type { AttemptResult, WebhookMessage } from './webhook.ts';
import type { SealedTarget, WebhookSecrets } from './webhook-secrets.ts';
import { expandUrl } from './webhook-url.ts';

/** Makes single attempts. */
export class WebhookSender {
  readonly #secrets: WebhookSecrets;
  readonly #options: SenderOptions;

  constructor(secrets: WebhookSecrets, options: SenderOptions) {
    this.#secrets = secrets;
    this.#options = options;
  }

  /** The longest that an attempt takes. */
  get timeoutMs(): number {
    return this.#options.timeoutMs;
  }

  async attempt(
    sealed: SealedTarget,
    message: WebhookMessage,
    stop: AbortSignal,
  ): Promise<AttemptResult> {
    const target = this.#secrets.open(sealed);
    if (!target) return { error: 'secretUnreadable' };
    const request = signedRequest(message, target, this.#options.clock.now());
    const url = expandUrl(target.url, message);
    return await sendRequest({ url, ...request }, this.#options, stop);
  }
}
