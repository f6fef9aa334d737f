import { setMaxListeners } from 'node:events';
import type { WebSocket } from 'ws';
import { type Deferred, deferred } from '../../lib/deferred.ts';
import { orAborted } from '../../lib/waiting.ts';
import type { EnqueueFrame } from '../../protocol/async-frames.ts';
import { CLOSE_CODES, type CloseCodeName } from '../../protocol/close-codes.ts';
import {
  decodeLinkFrame,
  encodeFrame,
  FrameError,
  MAX_INLINE_BYTES,
} from '../../protocol/codec.ts';
import type { DataChannel } from '../../protocol/data-channel.ts';
import type { ErrorDetails } from '../../protocol/error-details.ts';
import type { FhirAnswerFrame, FhirFrame } from '../../protocol/fhir-frames.ts';
import type { ExecuteFrame, GatewayFrame, LinkFrame, ResultFrame } from '../../protocol/frames.ts';
import type { RegisterFrame } from '../../protocol/registered-frames.ts';
import { Exchange } from './exchange.ts';
import { PracticeQuestions } from './practice-questions.ts';
import type { SiteAnswer, SiteOutcome, SiteRequest } from './site-exchange.ts';

export type HeartbeatFrame = Extract<LinkFrame, { type: 'heartbeat' }>;

/** Frames that features of the gateway answer. */
export type FeatureFrame = Extract<
  LinkFrame,
  { type: 'report' | 'pageCut' | 'registrations' | 'runReports' | 'resultChanged' }
>;

/** Resolves when the frame is dealt with; undefined when it is nothing for the listener. Neither throws nor rejects. */
type FrameListener = (frame: FeatureFrame) => Promise<void> | undefined;

/** A frame that carries JSON of its caller's, in it or beside it on the data stream. */
export type CarryingFrame = ExecuteFrame | EnqueueFrame | RegisterFrame | FhirFrame;

export interface SiteSessionOptions {
  readonly sessionId: string;
  readonly siteId: string;
  /** What the link said it can do. */
  readonly capabilities: readonly string[];
  readonly control: WebSocket;
  /** Resolves when it is recorded; never rejects. */
  readonly onHeartbeat: (heartbeat: HeartbeatFrame) => Promise<void>;
  /** A frame that broke the protocol; the message is safe to log. */
  readonly onViolation: (message: string) => void;
}

interface TransmitOptions {
  readonly isWanted: () => boolean;
  /** Called just before the first byte goes out. */
  readonly onSending: () => void;
}

/** What a link that was set up without FHIR, or is older than it, would answer. */
const NO_FHIR: SiteOutcome = {
  kind: 'failure',
  reason: 'failed',
  errorDetails: { errorType: 'http', errorCode: 501, errorMessage: 'The site offers no FHIR.' },
};

const ALWAYS_WANTED: TransmitOptions = { isWanted: () => true, onSending: () => {} };

/** The live session of one site: commands go out, answers come in. It ends with its control socket. */
export class SiteSession {
  readonly sessionId: string;
  readonly siteId: string;
  readonly capabilities: ReadonlySet<string>;
  readonly #control: WebSocket;
  readonly #options: SiteSessionOptions;
  readonly #exchanges = new Map<string, Exchange>();
  readonly #questions = new PracticeQuestions();
  readonly #listeners = new Set<FrameListener>();
  #data: DataChannel | undefined;
  #closeData: (() => void) | undefined;
  /** Not the wall clock: a step of it would end every session at once. */
  #heardAt = performance.now();
  #dataOpening: Deferred<DataChannel> | undefined;
  #lastStreamId = 0;
  readonly #ended = new AbortController();

  constructor(options: SiteSessionOptions) {
    this.sessionId = options.sessionId;
    this.siteId = options.siteId;
    this.capabilities = new Set(options.capabilities);
    this.#control = options.control;
    this.#options = options;
    // Every stream under way listens to it.
    setMaxListeners(0, this.#ended.signal);
  }

  get inHand(): number {
    return this.#exchanges.size;
  }

  /** Time since anything was heard from the site, on either socket. */
  get silentForMs(): number {
    return performance.now() - this.#heardAt;
  }

  heard(): void {
    this.#heardAt = performance.now();
  }

  /** Aborts when the session ends. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** Hands on the frames that features answer, in the order of their arrival. */
  subscribe(listener: FrameListener): void {
    this.#listeners.add(listener);
  }

  /** Sends a frame, or drops it when the socket is closing. */
  send(frame: GatewayFrame): void {
    if (this.#control.readyState === this.#control.OPEN) this.#control.send(encodeFrame(frame));
  }

  /**
   * Sends a frame with its command; the stream is numbered here. Resolves when the command is on its way, which does
   * not mean that it arrived. Rejects when the data socket for a large one cannot be had.
   */
  async sendCommand(
    frame: Omit<EnqueueFrame, 'streamId'> | Omit<RegisterFrame, 'streamId'>,
    commandJson: string,
  ): Promise<void> {
    const { signal } = this.#ended;
    signal.throwIfAborted();
    await this.#transmit({ ...frame, streamId: this.#nextStreamId() }, commandJson);
  }

  /**
   * Has a command run or a FHIR request answered at the site. Never rejects: a lost socket is an outcome, and so is a site that has not answered
   * when the signal says that nobody waits any longer.
   */
  async execute(request: SiteRequest, signal: AbortSignal): Promise<SiteAnswer> {
    const isFhir = 'fhirJson' in request;
    if (isFhir && !this.capabilities.has('fhir')) return { outcome: NO_FHIR, body: [] };
    const answerType = isFhir ? 'fhirAnswer' : 'result';
    const exchange = new Exchange(this.#nextStreamId(), request.maxResultBytes, answerType);
    if (this.#ended.signal.aborted) exchange.siteWentAway();
    this.#exchanges.set(request.queryId, exchange);
    const giveUp = () => {
      this.cancel(request.queryId);
      exchange.siteWentAway();
    };
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      void this.#sendRequest(request, exchange);
      return await exchange.answer;
    } finally {
      signal.removeEventListener('abort', giveUp);
      this.#exchanges.delete(request.queryId);
    }
  }

  /** Tells the site that nobody waits for a command any more; its outcome still comes. */
  cancel(queryId: string): void {
    const exchange = this.#exchanges.get(queryId);
    if (!exchange) return;
    exchange.cancel();
    this.send({ type: 'cancel', queryId });
  }

  /** Tells the site that the pairing of an integrator has ended. A link that does not know the frame is not told. */
  unpaired(integratorId: string): void {
    if (this.capabilities.has('unpaired')) this.send({ type: 'unpaired', integratorId });
  }

  /**
   * Why the practice refuses a registered query of the integrator; undefined when it does not, when it has not said so
   * before the signal, and when its link does not know the question.
   */
  async askPractice(
    queryId: string,
    integratorId: string,
    signal: AbortSignal,
  ): Promise<ErrorDetails | undefined> {
    if (!this.capabilities.has('askPractice')) return undefined;
    const send = () => this.send({ type: 'askPractice', queryId, integratorId });
    return await this.#questions.ask(queryId, send, AbortSignal.any([signal, this.#ended.signal]));
  }

  /** Takes a message of the control socket. Resolves when it is dealt with; undefined when it is already. */
  receive(message: Buffer, isBinary: boolean): Promise<unknown> | undefined {
    this.heard();
    try {
      const { frame, body } = decodeLinkFrame(message, isBinary);
      return this.#handle(frame, body);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.#options.onViolation(error.message);
      this.send({ type: 'error', message: error.message });
      return undefined;
    }
  }

  /** Whether a stream that the site opens on the data socket belongs to a command under way. */
  acceptStream(streamId: number): boolean {
    const exchange = [...this.#exchanges.values()].find((each) => each.streamId === streamId);
    const data = this.#data;
    if (!exchange?.wantsRows || !data) return false;
    queueMicrotask(() => {
      void exchange.collect(data.read(streamId, this.#ended.signal));
    });
    return true;
  }

  /** Joins a data socket to the session. A newer one replaces it: the link dials again only when the old one is dead. */
  attachData(data: DataChannel, close: () => void): void {
    this.#closeData?.();
    if (this.#ended.signal.aborted) return close();
    this.#data = data;
    this.#closeData = close;
    this.#dataOpening?.resolve(data);
    this.#dataOpening = undefined;
  }

  detachData(data: DataChannel): void {
    if (this.#data !== data) return;
    this.#data = undefined;
    this.#closeData = undefined;
  }

  /** Ends the session: everything under way gets its outcome, the socket is closed with the code. */
  end(why?: CloseCodeName): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    for (const exchange of this.#exchanges.values()) exchange.siteWentAway();
    this.#closeData?.();
    this.#dataOpening?.reject(new Error('The session ended.'));
    if (why) this.#control.close(CLOSE_CODES[why].code, CLOSE_CODES[why].reason);
    else this.#control.terminate();
  }

  #handle(frame: LinkFrame, body: Buffer | undefined): Promise<unknown> | undefined {
    switch (frame.type) {
      case 'heartbeat':
        this.send({ type: 'heartbeatSeen' });
        return this.#options.onHeartbeat(frame);
      case 'result':
      case 'fhirAnswer':
        this.#answered(frame, body);
        return undefined;
      case 'failure':
        this.#exchanges.get(frame.queryId)?.failure(frame);
        return undefined;
      case 'practiceAnswer':
        this.#questions.answered(frame);
        return undefined;
      case 'report':
      case 'pageCut':
      case 'registrations':
      case 'runReports':
      case 'resultChanged':
        return this.#handOn(frame);
      case 'error':
        this.#options.onViolation(`The link answered: ${frame.message}`);
        return undefined;
      case 'authenticate':
        throw new FrameError('The session is authenticated already.');
    }
  }

  #answered(frame: ResultFrame | FhirAnswerFrame, body: Buffer | undefined): void {
    const exchange = this.#exchanges.get(frame.queryId);
    if (!exchange) return;
    if (frame.type === exchange.answerType) return exchange.result(frame, body);
    exchange.siteWentAway();
    throw new FrameError(`Frame ${frame.type}: it does not answer what was asked.`);
  }

  #handOn(frame: FeatureFrame): Promise<unknown> {
    const handled = [...this.#listeners].map((listener) => listener(frame));
    return Promise.all(handled.filter((each) => each !== undefined));
  }

  #nextStreamId(): number {
    this.#lastStreamId = (this.#lastStreamId % 0xffff_fffe) + 1;
    return this.#lastStreamId;
  }

  async #sendRequest(request: SiteRequest, exchange: Exchange): Promise<void> {
    const { frame, json } = toFrame(request, exchange.streamId);
    const progress = {
      isWanted: () => exchange.wantsRows,
      onSending: () => {
        exchange.isSent = true;
      },
    };
    try {
      if (!(await this.#transmit(frame, json, progress))) exchange.siteWentAway();
    } catch {
      // A command that the site has not got whole is refused by the site itself, which knows why.
      if (!exchange.isSent) exchange.siteWentAway();
    }
  }

  /** A small command rides in its frame, a large one follows on the stream. False when it was no longer wanted. */
  async #transmit(
    frame: CarryingFrame,
    json: string,
    { isWanted, onSending }: TransmitOptions = ALWAYS_WANTED,
  ): Promise<boolean> {
    if (json.length * 3 <= MAX_INLINE_BYTES || Buffer.byteLength(json) <= MAX_INLINE_BYTES) {
      onSending();
      const member = frame.type === 'fhir' ? 'request' : 'command';
      this.#control.send(`${JSON.stringify(frame).slice(0, -1)},"${member}":${json}}`);
      return true;
    }
    const command = Buffer.from(json);
    const data = await this.#dataChannel();
    if (!isWanted()) return false;
    onSending();
    this.send(frame);
    await this.#writeCommand(data, frame.streamId, command);
    return true;
  }

  /** The site may close an idle data socket just now: it takes the command, which it needs whole, on the next one. */
  async #writeCommand(data: DataChannel, streamId: number, command: Buffer): Promise<void> {
    const { signal } = this.#ended;
    try {
      await data.write(streamId, [command], signal);
    } catch (error) {
      if (this.#data === data || signal.aborted) throw error;
      await (await this.#dataChannel()).write(streamId, [command], signal);
    }
  }

  async #dataChannel(): Promise<DataChannel> {
    if (this.#data) return this.#data;
    this.#dataOpening ??= deferred();
    const opening = this.#dataOpening;
    this.send({ type: 'openData' });
    return await orAborted(opening.promise, AbortSignal.timeout(10_000));
  }
}

function toFrame(
  request: SiteRequest,
  streamId: number,
): { frame: ExecuteFrame | FhirFrame; json: string } {
  if ('fhirJson' in request) {
    const { fhirJson: json, ...rest } = request;
    return { frame: { type: 'fhir', streamId, ...rest }, json };
  }
  const { commandJson: json, ...rest } = request;
  return { frame: { type: 'execute', streamId, ...rest }, json };
}
