import { loggableError } from '../errors/loggable-error.ts';
import type { Clock } from '../lib/clock.ts';
import { DisposalStack } from '../lib/disposal.ts';
import type { Logger } from '../lib/logger.ts';
import type { BlobStore } from './blobs/index.ts';
import type { GatewayConfig } from './config/gateway-config.ts';
import type { DesktopTokens } from './desktop/index.ts';
import { every } from './every.ts';
import type { Limits } from './limits/index.ts';
import type { AsyncQueries } from './queries/index.ts';
import type { RegisteredQueries } from './registered/index.ts';
import type { LinkSessions } from './sessions/index.ts';
import type { Sites } from './sites/index.ts';
import type { Database } from './store/index.ts';
import type { Webhooks } from './webhooks/index.ts';

const ERASE_EVERY_MS = 60_000;
const OVERDUE_EVERY_MS = 1_000;
const WAKE_EVERY_MS = 2_000;
const ENQUIRE_EVERY_MS = 30_000;
const MARK_SILENT_EVERY_MS = 5_000;
const UNPAIRED_EVERY_MS = 5_000;
const TOKENS_EVERY_MS = 60_000;
const REVOCATIONS_EVERY_MS = 1_000;
const LIMITS_EVERY_MS = 500;
const REMOVE_USAGE_EVERY_MS = 60 * 60_000;
const ORPHANS_EVERY_MS = 60 * 60_000;
/** Longer than anything in the blob store is kept: what is older belongs to nobody. */
const ORPHAN_AGE_MS = 7 * 24 * 60 * 60_000;
/** How far back revocations are looked for: longer than any outage of the store, and than clocks differ. */
const REVOCATIONS_WINDOW_MS = 24 * 60 * 60_000;

export interface BackgroundTasksOptions {
  readonly config: GatewayConfig;
  readonly clock: Clock;
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly desktopTokens: DesktopTokens;
  readonly asyncQueries: AsyncQueries;
  readonly registered: RegisteredQueries;
  readonly sites: Sites;
  readonly sessions: LinkSessions;
  readonly webhooks: Webhooks;
  readonly limits: Limits;
  readonly onFailed: (task: string) => (error: unknown) => void;
}

/** Says that a task in the background failed; it is tried again. */
export function backgroundFailure(logger: Logger): (task: string) => (error: unknown) => void {
  return (task) => (error) =>
    logger.error({ task, ...loggableError(error) }, 'a background task failed');
}

/** What a gateway does without being asked, until disposed. */
export function startBackgroundTasks(options: BackgroundTasksOptions): AsyncDisposable {
  const { config, clock, blobs, asyncQueries, registered, sites, sessions, onFailed } = options;
  const { database, desktopTokens, webhooks, limits } = options;
  const stack = new DisposalStack();
  const eraseEveryMs = Math.min(ERASE_EVERY_MS, asyncQueries.limits.retentionMs / 4);
  stack.use(every(eraseEveryMs, () => asyncQueries.eraseDue(), onFailed('erase')));
  stack.use(every(eraseEveryMs, () => database.eraseTraces(), onFailed('erase traces')));
  const deleteOrphans = () => blobs.deleteOlderThan(clock.now() - ORPHAN_AGE_MS);
  stack.use(every(ORPHANS_EVERY_MS, deleteOrphans, onFailed('orphaned pages')));
  stack.use(every(OVERDUE_EVERY_MS, () => asyncQueries.endOverdue(), onFailed('overdue')));
  stack.use(every(WAKE_EVERY_MS, () => asyncQueries.wakeWaiting(), onFailed('hand-over')));
  stack.use(every(ENQUIRE_EVERY_MS, () => asyncQueries.enquireOverdue(), onFailed('enquiry')));
  stack.use(every(eraseEveryMs, () => registered.eraseDue(), onFailed('erase registered')));
  stack.use(every(OVERDUE_EVERY_MS, () => registered.completeDue(), onFailed('completion')));
  stack.use(every(UNPAIRED_EVERY_MS, () => registered.cancelUnpaired(), onFailed('unpaired')));
  stack.use(every(WAKE_EVERY_MS, () => registered.wakePending(), onFailed('registration')));
  const removeDeliveries = () => webhooks.deliveries.removeEnded();
  stack.use(every(ERASE_EVERY_MS, removeDeliveries, onFailed('webhook deliveries')));
  stack.use(every(MARK_SILENT_EVERY_MS, () => sites.presence.markSilent(), onFailed('silence')));
  const tokensEveryMs = Math.min(TOKENS_EVERY_MS, config.desktopKeyRotationMs / 4);
  stack.use(every(tokensEveryMs, () => desktopTokens.maintain(), onFailed('desktop tokens')));
  stack.use(every(LIMITS_EVERY_MS, () => limits.sync(), onFailed('limits')));
  stack.use(every(REMOVE_USAGE_EVERY_MS, () => limits.removeOld(), onFailed('old usage')));
  const endRevoked = async () => {
    // Another gateway of the same store may have revoked the identity of a link that is connected here.
    const since = clock.now() - REVOCATIONS_WINDOW_MS;
    sessions.revoke(await sites.enrolment.findRevokedSince(since));
  };
  stack.use(every(REVOCATIONS_EVERY_MS, endRevoked, onFailed('revocations')));
  return stack;
}
