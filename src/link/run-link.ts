import type { Logger } from '../lib/logger.ts';
import { orAborted } from '../lib/waiting.ts';
import type { Catalogue } from '../protocol/frames.ts';
import { ConnectionPool } from '../sql/connection-pool.ts';
import type { Driver } from '../sql/driver.ts';
import type { Engine } from '../sql/engine.ts';
import { LoginGuard } from '../sql/login-guard.ts';
import type { ControlSession, LinkFacts } from './connection/control-session.ts';
import { DataSocket } from './connection/data-socket.ts';
import type { LinkIdentity, SessionHandler } from './connection/dial-session.ts';
import { gatewayUrl } from './connection/gateway-url.ts';
import { keepConnected } from './connection/keep-connected.ts';
import { DEFAULT_RECONNECT_POLICY, type ReconnectPolicy } from './connection/reconnect-policy.ts';
import type { Transport } from './connection/transport.ts';
import { LinkEvents } from './events.ts';
import type { Caller } from './execution/caller.ts';
import { Executor } from './execution/executor.ts';
import { createQueryRunner } from './execution/run-query.ts';
import { createLinkLoggers } from './logger.ts';
import { LinkStatus, type LinkStatusSnapshot } from './status/link-status.ts';

/** Waits of the link; each has a default. */
export interface LinkTimings {
  /** Dial to `welcome`, and the same for a data socket. */
  readonly handshakeMs: number;
  /** Answer to a close of ours; the same for the database. */
  readonly closeMs: number;
  /** Queries in hand when the link stops. */
  readonly drainMs: number;
  /** A data socket without traffic. */
  readonly dataIdleMs: number;
  /** A command that comes on the data stream. */
  readonly commandTransferMs: number;
}

const DEFAULT_TIMINGS: LinkTimings = {
  handshakeMs: 10_000,
  closeMs: 500,
  drainMs: 1_000,
  dataIdleMs: 60_000,
  commandTransferMs: 30_000,
};

export interface LinkOptions {
  /** CalVer without leading zeros. */
  readonly version: string;
  /** Asked before each dial: a changed address or key is used without a restart. */
  readonly resolveIdentity: () => Promise<LinkIdentity>;
  readonly catalogues: readonly Catalogue[];
  readonly driver: Driver;
  /** The login of an integrator that has its own credentials; left out, all share the default one. */
  readonly loginOf?: (integratorId: string) => string | undefined;
  /** The engine's reading of a failure to connect. */
  readonly diagnose?: Engine['diagnose'];
  /** Commands that run at once, and connections at most; at least 2. */
  readonly maxConnections: number;
  readonly logger: Logger;
  readonly transport?: Transport;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  readonly random?: () => number;
  readonly timings?: Partial<LinkTimings>;
  readonly reconnect?: Partial<ReconnectPolicy>;
}

/** A link at work. Disposing stops it. */
export interface RunningLink extends AsyncDisposable {
  status(): LinkStatusSnapshot;
  /** Takes no more work, lets queries in hand finish for a moment, and closes everything; within 2.5 s. */
  stop(): Promise<void>;
}

/** Connects the site to its gateway and runs what the gateway asks, until stopped. */
export function runLink(options: LinkOptions): RunningLink {
  const { driver, version, clock = Date.now, random = Math.random } = options;
  const { transport = {}, maxConnections, catalogues } = options;
  const timings = { ...DEFAULT_TIMINGS, ...options.timings };
  const status = new LinkStatus(version, clock);
  const events = new LinkEvents(createLinkLoggers(options.logger), status);
  const defaultCatalogue = catalogues.find(({ isDefault }) => isDefault)?.name;
  const pool = new ConnectionPool({
    driver: new LoginGuard({
      driver,
      diagnose: options.diagnose ?? (() => undefined),
      onFailure: (failure) => events.databaseRefused(failure),
      onRecovery: () => events.databaseReached(),
    }),
    maxConnections,
    ...(defaultCatalogue !== undefined && { defaultCatalogue }),
  });
  const { commandTransferMs } = timings;
  const runQuery = createQueryRunner({
    pool,
    maxConnections,
    catalogues,
    loginOf: options.loginOf ?? (() => undefined),
    commandTransferMs,
    events,
  });
  const executor = new Executor(runQuery, events);
  const sessions = new SessionService({ executor, events, transport, timings });
  const stopping = new AbortController();
  const connected = keepConnected({
    resolveIdentity: options.resolveIdentity,
    facts: (): LinkFacts => ({
      linkVersion: version,
      clientTime: new Date(clock()).toISOString(),
      catalogues: [...catalogues],
    }),
    capabilities: ['immediate'],
    transport,
    handshakeMs: timings.handshakeMs,
    serve: (session) => sessions.serve(session),
    policy: { ...DEFAULT_RECONNECT_POLICY, ...options.reconnect },
    random,
    events,
    signal: stopping.signal,
  });
  const stop = async (): Promise<void> => {
    await executor.stop(timings.drainMs);
    stopping.abort();
    await sessions.close();
    await connected;
    await orAborted(pool[Symbol.asyncDispose](), AbortSignal.timeout(timings.closeMs)).catch(
      (error: unknown) => events.unexpected('stop', error),
    );
    events.stopped();
  };
  let stopped: Promise<void> | undefined;
  const stopOnce = () => (stopped ??= stop());
  return { status: () => status.snapshot(), stop: stopOnce, [Symbol.asyncDispose]: stopOnce };
}

interface SessionServiceOptions {
  readonly executor: Executor;
  readonly events: LinkEvents;
  readonly transport: Transport;
  readonly timings: LinkTimings;
}

/** Joins each live session to the executor. */
class SessionService {
  readonly #options: SessionServiceOptions;
  #session: ControlSession | undefined;
  #data: DataSocket | undefined;

  constructor(options: SessionServiceOptions) {
    this.#options = options;
  }

  serve(session: ControlSession): SessionHandler {
    const { executor, events, transport, timings } = this.#options;
    const { sessionId, dataToken } = session.terms;
    const data = new DataSocket({
      url: gatewayUrl(session.gatewayUrl, '/link/data', 'socket'),
      token: dataToken,
      transport,
      handshakeMs: timings.handshakeMs,
      idleMs: timings.dataIdleMs,
    });
    const caller: Caller = {
      sessionId,
      send: (frame, body) => session.send(frame, body),
      dataChannel: () => data.channel(),
      readStream: (streamId, signal) => data.read(streamId, signal),
    };
    this.#session = session;
    this.#data = data;
    events.live(session.gatewayUrl, sessionId);
    void session.ended.then(() => {
      executor.abandon(sessionId);
      return data[Symbol.asyncDispose]();
    });
    return {
      onNotUnderstood: () => events.frameNotUnderstood(sessionId),
      onFrame: ({ frame }) => {
        switch (frame.type) {
          case 'execute':
            return executor.execute(frame, caller);
          case 'cancel':
            return executor.cancel(frame.queryId);
          case 'openData':
            // A failed dial shows when a command or a result needs the socket.
            return void data.channel().catch(() => {});
          case 'error':
            return events.gatewayReportedError(sessionId, frame.message);
          case 'heartbeatSeen':
            return;
          case 'challenge':
          case 'welcome':
            events.frameNotUnderstood(sessionId);
            session.send({ type: 'error', message: `A ${frame.type} is out of place here.` });
        }
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all([
      this.#data?.[Symbol.asyncDispose](),
      this.#session?.close('goingOffline', this.#options.timings.closeMs),
    ]);
  }
}
