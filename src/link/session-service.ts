import type { AskPracticeFrame, GatewayFrame, PracticeAnswerFrame } from '../protocol/frames.ts';
import type { AsyncQueries } from './async/async-queries.ts';
import type { ControlSession } from './connection/control-session.ts';
import { DataSocket } from './connection/data-socket.ts';
import type { SessionHandler } from './connection/dial-session.ts';
import { gatewayUrl } from './connection/gateway-url.ts';
import type { Transport } from './connection/transport.ts';
import type { LinkEvents } from './events.ts';
import type { Caller } from './execution/caller.ts';
import type { Executor } from './execution/executor.ts';
import type { LinkTimings } from './link-timings.ts';
import type { PracticeControl } from './policy/practice-control.ts';
import type { RegisteredQueries } from './registered/registered-queries.ts';

export interface SessionServiceOptions {
  readonly executor: Executor;
  readonly asyncQueries: AsyncQueries;
  readonly registered: RegisteredQueries;
  readonly control: PracticeControl;
  readonly events: LinkEvents;
  readonly transport: Transport;
  readonly timings: Pick<LinkTimings, 'handshakeMs' | 'dataIdleMs' | 'closeMs'>;
}

/** Joins each live session to what serves its frames. */
export class SessionService {
  readonly #options: SessionServiceOptions;
  #session: ControlSession | undefined;
  #data: DataSocket | undefined;

  constructor(options: SessionServiceOptions) {
    this.#options = options;
  }

  serve(session: ControlSession): SessionHandler {
    const { executor, asyncQueries, registered, events, transport, timings } = this.#options;
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
      gatewayUrl: session.gatewayUrl,
      send: (frame, body) => session.send(frame, body),
      dataChannel: () => data.channel(),
      readStream: (streamId, signal) => data.read(streamId, signal),
    };
    this.#session = session;
    this.#data = data;
    events.live(session.gatewayUrl, sessionId);
    void session.ended.then(() => {
      executor.abandon(sessionId);
      asyncQueries.disconnected(sessionId);
      registered.disconnected(sessionId);
      return data[Symbol.asyncDispose]();
    });
    asyncQueries.connected(caller);
    registered.connected(caller);
    return {
      onNotUnderstood: () => events.frameNotUnderstood(sessionId),
      onFrame: ({ frame }) => this.#received(frame, caller),
    };
  }

  async close(): Promise<void> {
    await Promise.all([
      this.#data?.[Symbol.asyncDispose](),
      this.#session?.close('goingOffline', this.#options.timings.closeMs),
    ]);
  }

  #received(frame: GatewayFrame, caller: Caller): void {
    const { executor, asyncQueries, registered, control, events } = this.#options;
    const { sessionId } = caller;
    switch (frame.type) {
      case 'execute':
        return executor.execute(frame, caller);
      case 'fhir':
        return executor.answer(frame, caller);
      case 'cancel':
        return executor.cancel(frame.queryId);
      case 'enqueue':
        return asyncQueries.enqueue(frame, caller);
      case 'enquire':
        return asyncQueries.enquire(frame);
      case 'reportSeen':
        return asyncQueries.reportSeen(frame);
      case 'pageSeen':
        return asyncQueries.pageSeen(frame);
      case 'register':
        return registered.register(frame, caller);
      case 'registeredList':
        return registered.list(frame);
      case 'unregister':
        return registered.unregister(frame);
      case 'runsSeen':
        return registered.runsSeen(frame);
      case 'resultSeen':
        return registered.resultSeen(frame);
      case 'unpaired':
        events.integratorUnpaired(frame.integratorId);
        executor.unpaired(frame.integratorId);
        asyncQueries.unpaired(frame.integratorId);
        return registered.unpaired(frame.integratorId);
      case 'askPractice':
        return void caller.send(answerOf(control, frame));
      case 'openData':
        // A failed dial shows when a command or a result needs the socket.
        return void caller.dataChannel().catch(() => {});
      case 'error':
        return events.gatewayReportedError(sessionId, frame.message);
      case 'heartbeatSeen':
        return;
      case 'challenge':
      case 'welcome':
        events.frameNotUnderstood(sessionId);
        caller.send({ type: 'error', message: `A ${frame.type} is out of place here.` });
    }
  }
}

/** What the practice says now. A refusal is in its audit trail, as if the query had been run. */
function answerOf(
  control: PracticeControl,
  { queryId, integratorId }: AskPracticeFrame,
): PracticeAnswerFrame {
  const refusal = control.refusalOf(integratorId);
  if (!refusal) return { type: 'practiceAnswer', queryId };
  control.noteRefusal({ queryId, integratorId, mode: 'registered' }, refusal);
  return { type: 'practiceAnswer', queryId, refusal: refusal.errorDetails };
}
