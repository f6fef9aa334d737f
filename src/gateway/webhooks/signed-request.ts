import { createHmac } from 'node:crypto';
import type { WebhookMessage, WebhookTarget } from './webhook.ts';

/** UTC with seven fraction digits and an offset, as receivers know it. */
function isoWithOffset(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '0000+00:00');
}

const sign = (secret: string, body: string, timestamp: string) =>
  createHmac('sha256', secret).update(`${body}.${timestamp}`).digest('hex');

/** Body and headers of one attempt (contract §10). Every attempt has a timestamp and a signature of its own. */
export function signedRequest(
  message: WebhookMessage,
  { secret, nextSecret }: Pick<WebhookTarget, 'secret' | 'nextSecret'>,
  attemptedAt: number,
): { readonly body: string; readonly headers: Readonly<Record<string, string>> } {
  const { id, occurredAt, siteId, queryId, source } = message;
  const body = JSON.stringify({
    id,
    occurredAt: isoWithOffset(occurredAt),
    siteId,
    queryId,
    webhookSource: source,
  });
  const timestamp = isoWithOffset(attemptedAt);
  return {
    body,
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': 'Parhelion',
      'X-Halo-Id': id,
      'X-Halo-Timestamp': timestamp,
      'X-Halo-Signature-256': sign(secret, body, timestamp),
      ...(nextSecret === undefined
        ? {}
        : { 'X-Halo-Signature-256-Next': sign(nextSecret, body, timestamp) }),
    },
  };
}
