import { Deadline } from '../../lib/deadline.ts';
import { deferred } from '../../lib/deferred.ts';
import { orAborted } from '../../lib/waiting.ts';
import {
  MAX_IDS_IN_FRAME,
  type RegisterFrame,
  type RegistrationsFrame,
  type ResultChangedFrame,
  type RunReportsFrame,
} from '../../protocol/registered-frames.ts';
import type { FeatureFrame, SiteSession } from '../sessions/index.ts';
import { applyReports } from './apply-reports.ts';
import { offerResult } from './offer-result.ts';
import type { RegisteredContext } from './registered-context.ts';
import type { RegisteredQuery } from './registered-query.ts';

/** Registrations under way to a site at one time. */
const WINDOW = 50;
const CONFIRM_LIMIT_MS = 30_000;

/**
 * The registered queries of one site on one session. First the site gets the list of all that it should have; then
 * whatever it has not confirmed, a window at a time. One loop sends, so that nothing overtakes the list.
 */
export class SiteRegistrations {
  readonly #context: RegisteredContext;
  readonly #session: SiteSession;
  #unconfirmed = new Set<string>();
  #confirmed = deferred<void>();
  #isAwake = false;
  #isAsked = false;
  #answers: Promise<void> = Promise.resolve();

  constructor(context: RegisteredContext, session: SiteSession) {
    this.#context = context;
    this.#session = session;
    session.subscribe((frame) => this.#received(frame));
    this.#isAwake = true;
    void this.#run(() => this.#sendList());
  }

  /** Something of this site may be pending. */
  wake(): void {
    this.#isAsked = true;
    if (this.#isAwake) return;
    this.#isAwake = true;
    void this.#run();
  }

  async #run(first?: () => Promise<void>): Promise<void> {
    const { ended } = this.#session;
    try {
      await first?.();
      do {
        this.#isAsked = false;
        while (!ended.aborted && (await this.#sendPending()));
      } while (this.#isAsked && !ended.aborted);
    } catch (error) {
      if (!ended.aborted) this.#context.events.failed(this.#session.siteId, error);
    } finally {
      this.#isAwake = false;
    }
  }

  async #sendList(): Promise<void> {
    const { store, clock } = this.#context;
    const all = await store.listEnabled(this.#session.siteId);
    const now = clock.now();
    for (let at = 0; at === 0 || at < all.length; at += MAX_IDS_IN_FRAME) {
      this.#session.send({
        type: 'registeredList',
        isFirst: at === 0,
        isLast: at + MAX_IDS_IN_FRAME >= all.length,
        queries: all
          .slice(at, at + MAX_IDS_IN_FRAME)
          .map(({ id, createdAt }) => ({ queryId: id, ageMs: Math.max(0, now - createdAt) })),
      });
    }
  }

  /** False when nothing is left to send. What the site does not confirm in time is sent again at the next occasion. */
  async #sendPending(): Promise<boolean> {
    const { siteId } = this.#session;
    const pending = await this.#context.store.listPending(siteId, WINDOW);
    if (pending.length === 0) return false;
    this.#unconfirmed = new Set(pending.map(({ id }) => id));
    this.#confirmed = deferred();
    const cancelled = pending.filter(({ status }) => status === 'cancelled');
    if (cancelled.length > 0) {
      this.#session.send({ type: 'unregister', queryIds: cancelled.map(({ id }) => id) });
    }
    for (const query of pending) {
      if (query.status === 'cancelled') continue;
      if (query.status === 'enabled') await this.#register(query);
      // It has ended by itself: the site needs no word of it.
      else await this.#settle('dropped', [query.id]);
    }
    if (this.#unconfirmed.size === 0) return true;
    using deadline = new Deadline(CONFIRM_LIMIT_MS, this.#session.ended);
    return await orAborted(this.#confirmed.promise, deadline.signal).then(
      () => true,
      () => false,
    );
  }

  async #register(query: RegisteredQuery): Promise<void> {
    const { clock, events, executionLimitMs, maxResultBytes } = this.#context;
    const now = clock.now();
    const lastRunAt = Math.max(query.lastSucceededAt ?? 0, query.lastFailedAt ?? 0);
    const { runNumber, succeededCount, failedCount, resultSizeSum, lastHash } = query;
    const frame: Omit<RegisterFrame, 'streamId'> = {
      type: 'register',
      queryId: query.id,
      integratorId: query.integratorId,
      frequencyMs: query.frequencyS * 1000,
      durationMs: query.durationS * 1000,
      ageMs: Math.max(0, now - query.createdAt),
      executionLimitMs,
      maxResultBytes,
      ...(query.catalogue !== undefined && { catalogue: query.catalogue }),
      ...(runNumber > 0 && {
        earlier: {
          runNumber,
          succeededCount,
          failedCount,
          resultSizeSum,
          lastRunAgoMs: Math.max(0, now - lastRunAt),
          ...(lastHash !== undefined && { lastHash }),
        },
      }),
    };
    try {
      await this.#session.sendCommand(frame, query.commandJson);
    } catch {
      if (!this.#session.ended.aborted) events.notHandedOver(query.siteId, query.id);
    }
  }

  #received(frame: FeatureFrame): Promise<void> | undefined {
    if (frame.type === 'report' || frame.type === 'pageCut') return undefined;
    const onFailed = (error: unknown) => {
      const { ended, siteId } = this.#session;
      if (!ended.aborted) this.#context.events.failed(siteId, error);
    };
    // Results that come together share a commit; a link reports their runs once they are answered.
    if (frame.type === 'resultChanged') return this.#takeResult(frame).catch(onFailed);
    this.#answers = this.#answers.then(() => this.#answer(frame)).catch(onFailed);
    return this.#answers;
  }

  async #takeResult(frame: ResultChangedFrame): Promise<void> {
    const { database, maxResultBytes, inline } = this.#context;
    const { siteId } = this.#session;
    const { body } = frame;
    const seen =
      body === undefined
        ? await offerResult(database, maxResultBytes, siteId, frame)
        : await inline.take(siteId, { ...frame, body });
    this.#session.send(seen);
  }

  async #answer(frame: RegistrationsFrame | RunReportsFrame): Promise<void> {
    if (frame.type === 'registrations') return await this.#settle(frame.outcome, frame.queryIds);
    const seen = await applyReports(this.#context, this.#session.siteId, frame.reports);
    this.#session.send({ type: 'runsSeen', seen });
  }

  async #settle(
    outcome: 'kept' | 'notKept' | 'dropped' | 'missing',
    ids: readonly string[],
  ): Promise<void> {
    const { store } = this.#context;
    const { siteId } = this.#session;
    if (outcome === 'missing') {
      await store.markMissing(siteId, ids);
      return this.wake();
    }
    const mark = { kept: 'markKept', notKept: 'markNotKept', dropped: 'markDropped' } as const;
    await store[mark[outcome]](siteId, ids);
    for (const id of ids) this.#unconfirmed.delete(id);
    if (this.#unconfirmed.size === 0) this.#confirmed.resolve();
  }
}
