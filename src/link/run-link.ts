import { orAborted } from '../lib/waiting.ts';
import type { LinkFacts } from './connection/control-session.ts';
import { keepConnected } from './connection/keep-connected.ts';
import { DEFAULT_RECONNECT_POLICY } from './connection/reconnect-policy.ts';
import { createLinkContext, type LinkContext } from './link-context.ts';
import type { LinkOptions } from './link-options.ts';
import type { LinkStatusSnapshot } from './status/link-status.ts';

const CAPABILITIES = ['immediate', 'async', 'registered', 'unpaired', 'askPractice'];

/** A link at work. Disposing stops it. */
export interface RunningLink extends AsyncDisposable {
  status(): LinkStatusSnapshot;
  /** Takes no more work, lets queries in hand finish for a moment, and closes everything; within 2.5 s. */
  stop(): Promise<void>;
}

/**
 * Connects the site to its gateway and runs what the gateway asks, until stopped.
 *
 * @throws ParhelionError `configInvalid` when the journal cannot be used
 */
export function runLink(options: LinkOptions): RunningLink {
  const { version, catalogues, transport = {}, clock = Date.now, random = Math.random } = options;
  const context = createLinkContext(options);
  const { status, sessions, events, timings } = context;
  const stopping = new AbortController();
  const connected = keepConnected({
    resolveIdentity: async () => {
      const identity = await options.resolveIdentity();
      context.trail.signAs(identity);
      return identity;
    },
    facts: (): LinkFacts => ({
      linkVersion: version,
      clientTime: new Date(clock()).toISOString(),
      catalogues: [...catalogues],
    }),
    capabilities: [...CAPABILITIES, ...(options.fhir ? ['fhir'] : [])],
    transport,
    handshakeMs: timings.handshakeMs,
    serve: (session) => sessions.serve(session),
    policy: { ...DEFAULT_RECONNECT_POLICY, ...options.reconnect },
    random,
    events,
    signal: stopping.signal,
  });
  const stop = async (): Promise<void> => {
    await finishWork(context);
    stopping.abort();
    await sessions.close();
    await connected;
    await release(context);
    events.stopped();
  };
  let stopped: Promise<void> | undefined;
  const stopOnce = () => (stopped ??= stop());
  return { status: () => status.snapshot(), stop: stopOnce, [Symbol.asyncDispose]: stopOnce };
}

async function finishWork(context: LinkContext): Promise<void> {
  const { executor, asyncQueries, registered, queue, timings } = context;
  asyncQueries.stop();
  registered.stop();
  await Promise.all([executor.stop(timings.drainMs), queue.stop(timings.drainMs)]);
}

async function release(context: LinkContext): Promise<void> {
  const { pool, registered, uploads, journal, policy, trail, events, timings } = context;
  policy[Symbol.dispose]();
  uploads[Symbol.dispose]();
  await orAborted(pool[Symbol.asyncDispose](), AbortSignal.timeout(timings.closeMs)).catch(
    (error: unknown) => events.unexpected('stop', error),
  );
  await registered.flush();
  registered[Symbol.dispose]();
  try {
    journal[Symbol.dispose]();
  } catch (error) {
    // What was confirmed is durable without it.
    events.journalFailed(error);
  }
  trail.keep({ kind: 'linkStopped' });
  await trail[Symbol.asyncDispose]();
}
