import { performance } from 'node:perf_hooks';
import { Deadline } from '../../lib/deadline.ts';
import { type ErrorDetails, PAIRING_ENDED } from '../../protocol/error-details.ts';
import type { Bus, CallOutcome } from '../bus/index.ts';
import type {
  CommandOutcome,
  FhirOutcome,
  NoAnswer,
  SiteAnswer,
  SiteCommand,
  SiteFhirRequest,
  SiteOutcome,
  SiteRequest,
} from './site-exchange.ts';
import type { SiteSession } from './site-session.ts';

/** What crosses the bus to the node that holds a site's session. */
export type SiteCall =
  | { readonly kind: 'execute'; readonly request: SiteRequest }
  | { readonly kind: 'cancel'; readonly queryId: string }
  | { readonly kind: 'unpaired'; readonly integratorId: string }
  | { readonly kind: 'askPractice'; readonly queryId: string; readonly integratorId: string };

export type SiteBus = Bus<SiteCall, SiteOutcome>;

/** Beyond queue and execution: time for command and result to travel, on a slow line too. */
const TRANSFER_LIMIT_MS = 180_000;

const UNPAIRED_LIMIT_MS = 5_000;

/** A practice that has not said no by then is not waited for: its link refuses the runs. */
const ASK_LIMIT_MS = 2_000;

/** What answers a call that has no outcome. */
const NO_OUTCOME: SiteOutcome = { kind: 'siteWentAway', wasSent: false };

/** Answers the calls for a session's site from now on. */
export function serveSession(bus: SiteBus, session: SiteSession): Disposable {
  return bus.serve(session.siteId, async ({ header: call }, { signal }) => {
    if (call.kind === 'cancel') {
      session.cancel(call.queryId);
      return { header: NO_OUTCOME };
    }
    if (call.kind === 'unpaired') {
      session.unpaired(call.integratorId);
      return { header: NO_OUTCOME };
    }
    if (call.kind === 'askPractice') {
      const { queryId, integratorId } = call;
      const errorDetails = await session.askPractice(queryId, integratorId, signal);
      return {
        header: errorDetails ? { kind: 'failure', reason: 'refused', errorDetails } : NO_OUTCOME,
      };
    }
    const { outcome, body } = await session.execute(call.request, signal);
    return { header: outcome, body };
  });
}

async function collect(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<Buffer[]> {
  const body: Buffer[] = [];
  for await (const chunk of chunks)
    body.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
  return body;
}

async function toAnswer(called: CallOutcome<SiteOutcome>): Promise<SiteAnswer | undefined> {
  if (called.outcome === 'noHolder') return undefined;
  if (called.outcome === 'holderLost') {
    return { outcome: { kind: 'siteWentAway', wasSent: true }, body: [] };
  }
  const { header, body = [] } = called.response;
  return { outcome: header, body: await collect(body) };
}

/** A node with another version of this program could answer otherwise than it was asked. */
function answerTo<Kind extends 'result' | 'fhirAnswer'>(
  kind: Kind,
  answer: SiteAnswer | undefined,
): SiteAnswer<Extract<SiteOutcome, { kind: Kind }> | NoAnswer> | undefined {
  if (!answer) return undefined;
  const { outcome, body } = answer;
  if (isOfKind(outcome, kind)) return { outcome, body };
  return { outcome: { kind: 'siteWentAway', wasSent: true }, body: [] };
}

function isOfKind<Kind extends SiteOutcome['kind']>(
  outcome: SiteOutcome,
  kind: Kind,
): outcome is Extract<SiteOutcome, { kind: Kind }> | NoAnswer {
  return outcome.kind === kind || outcome.kind === 'failure' || outcome.kind === 'siteWentAway';
}

const NO_LONGER_PAIRED: SiteOutcome = {
  kind: 'failure',
  reason: 'refused',
  errorDetails: PAIRING_ENDED,
};

export interface ReachOptions {
  /** Aborts when nobody waits for the answer any more: the site is told, and its outcome is still awaited. */
  readonly signal: AbortSignal;
  /** Longest wait for a site that has no session at the moment. */
  readonly waitMs: number;
  /** Asked after such a wait: whether the integrator is still paired with the site. */
  readonly isStillPaired: () => Promise<boolean>;
}

/** Sends commands to sites through the bus. */
export class SiteCalls {
  readonly #bus: SiteBus;

  constructor(bus: SiteBus) {
    this.#bus = bus;
  }

  /** The site's answer; undefined when it had no session within `waitMs`, and so has seen nothing. */
  async reach(
    siteId: string,
    request: SiteCommand,
    options: ReachOptions,
  ): Promise<SiteAnswer<CommandOutcome> | undefined> {
    return answerTo('result', await this.#reach(siteId, request, options));
  }

  /** The same for a FHIR request. */
  async reachFhir(
    siteId: string,
    request: SiteFhirRequest,
    options: ReachOptions,
  ): Promise<SiteAnswer<FhirOutcome> | undefined> {
    return answerTo('fhirAnswer', await this.#reach(siteId, request, options));
  }

  async #reach(
    siteId: string,
    request: SiteRequest,
    options: ReachOptions,
  ): Promise<SiteAnswer | undefined> {
    const { signal } = options;
    const cancel = () => {
      const header: SiteCall = { kind: 'cancel', queryId: request.queryId };
      this.#bus
        .call(siteId, { header }, { signal: AbortSignal.timeout(TRANSFER_LIMIT_MS) })
        .catch(() => {});
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return (
        (await this.#call(siteId, request)) ?? (await this.#callOnceHeld(siteId, request, options))
      );
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Tells the site, wherever its session is, that the pairing of an integrator has ended. */
  async unpaired(siteId: string, integratorId: string): Promise<void> {
    using deadline = new Deadline(UNPAIRED_LIMIT_MS);
    const header: SiteCall = { kind: 'unpaired', integratorId };
    // A site that cannot be told has nothing that it could run: what reaches it later is asked for its pairing.
    await this.#bus.call(siteId, { header }, deadline).catch(() => {});
  }

  /**
   * Why the practice refuses to have a query registered; undefined when it does not, and when it cannot say so now: its
   * site is offline, does not know the question, or does not answer within two seconds.
   */
  async askPractice(
    siteId: string,
    queryId: string,
    integratorId: string,
  ): Promise<ErrorDetails | undefined> {
    using deadline = new Deadline(ASK_LIMIT_MS);
    const header: SiteCall = { kind: 'askPractice', queryId, integratorId };
    const called = await this.#bus.call(siteId, { header }, deadline).catch(() => undefined);
    if (called?.outcome !== 'answered') return undefined;
    const answer = called.response.header;
    return answer.kind === 'failure' ? answer.errorDetails : undefined;
  }

  async #callOnceHeld(
    siteId: string,
    request: SiteRequest,
    { signal, waitMs, isStillPaired }: ReachOptions,
  ): Promise<SiteAnswer | undefined> {
    if (waitMs === 0) return undefined;
    const startedAt = performance.now();
    using deadline = new Deadline(waitMs, signal);
    try {
      await this.#bus.waitForHolder(siteId, deadline);
    } catch {
      return undefined;
    }
    if (!(await isStillPaired())) return { outcome: NO_LONGER_PAIRED, body: [] };
    const waitedMs = Math.ceil(performance.now() - startedAt);
    const maxTimeInQueueMs = Math.max(0, request.maxTimeInQueueMs - waitedMs);
    return await this.#call(siteId, { ...request, maxTimeInQueueMs });
  }

  async #call(siteId: string, request: SiteRequest): Promise<SiteAnswer | undefined> {
    const limitMs = request.maxTimeInQueueMs + request.executionLimitMs + TRANSFER_LIMIT_MS;
    using deadline = new Deadline(limitMs);
    try {
      const header: SiteCall = { kind: 'execute', request };
      return await toAnswer(await this.#bus.call(siteId, { header }, deadline));
    } catch (error) {
      if (!deadline.hasPassed) throw error;
      return { outcome: { kind: 'siteWentAway', wasSent: true }, body: [] };
    }
  }
}
