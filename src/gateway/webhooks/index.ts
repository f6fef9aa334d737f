export { createWebhooks, type Webhooks } from './create-webhooks.ts';
export {
  DELIVERY_ERRORS,
  type TroubledDelivery,
  WEBHOOK_SOURCES,
  type WebhookSource,
} from './webhook.ts';
export type { WebhookWithStatistics } from './webhook-registry.ts';
