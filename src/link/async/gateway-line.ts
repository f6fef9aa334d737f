import type {
  PageCutFrame,
  PageSeenFrame,
  ReportFrame,
  ReportSeenFrame,
} from '../../protocol/async-frames.ts';
import type { LinkFrame } from '../../protocol/frames.ts';
import type { Caller } from '../execution/caller.ts';
import { Questions } from './questions.ts';

/** The gateway's word on a page, and the address at which the gateway was when it came. */
export interface PageAnswer {
  readonly frame: PageSeenFrame;
  readonly gatewayUrl: string;
}

type PageKey = Pick<PageCutFrame, 'queryId' | 'attempt' | 'pageNumber'>;
const pageKey = ({ queryId, attempt, pageNumber }: PageKey) =>
  `${queryId}/${attempt}/${pageNumber}`;

/** What async queries say to the gateway, whichever session there is: nothing is lost with a session. */
export class GatewayLine {
  readonly #latest = new Map<string, ReportFrame>();
  readonly #reports = new Questions<void>((frame) => this.#send(frame));
  readonly #pages = new Questions<PageAnswer>((frame) => this.#send(frame));
  #caller: Caller | undefined;

  get isConnected(): boolean {
    return this.#caller !== undefined;
  }

  get sessionId(): string | undefined {
    return this.#caller?.sessionId;
  }

  connected(caller: Caller): void {
    this.#caller = caller;
    this.repeat(0);
  }

  disconnected(sessionId: string): void {
    if (this.#caller?.sessionId === sessionId) this.#caller = undefined;
  }

  /** Sends again what was not answered for so long. */
  repeat(afterMs: number): void {
    if (!this.#caller) return;
    this.#reports.repeat(afterMs);
    this.#pages.repeat(afterMs);
  }

  /** Tells how a query stands, in place of what was told before. Settles when the gateway has noted it. */
  report(frame: ReportFrame): Promise<void> {
    this.#latest.set(frame.queryId, frame);
    return this.#reports.ask(frame.queryId, frame);
  }

  /** Tells once more how a query stands. @returns false when nothing was told of it */
  reportAgain(queryId: string): boolean {
    const frame = this.#latest.get(queryId);
    if (frame) this.#send(frame);
    return frame !== undefined;
  }

  /** Tells that nothing is known of a query. */
  reportUnknown(queryId: string): void {
    this.#send({ type: 'report', queryId, state: 'unknown', attempt: 0 });
  }

  forget(queryId: string): void {
    this.#latest.delete(queryId);
    this.#reports.withdraw(queryId);
  }

  /** An answer to an earlier report of the query settles nothing. */
  reportSeen({ queryId, state, attempt }: ReportSeenFrame): void {
    const latest = this.#latest.get(queryId);
    if (latest?.state === state && latest.attempt === attempt) {
      this.#reports.answer(queryId, undefined);
    }
  }

  /** Asks where a page goes. The question is withdrawn when the signal aborts. */
  async cutPage(frame: PageCutFrame, signal: AbortSignal): Promise<PageAnswer> {
    const key = pageKey(frame);
    const withdraw = () => this.#pages.withdraw(key);
    signal.addEventListener('abort', withdraw, { once: true });
    try {
      return await this.#pages.ask(key, frame);
    } finally {
      signal.removeEventListener('abort', withdraw);
    }
  }

  pageSeen(frame: PageSeenFrame): void {
    const gatewayUrl = this.#caller?.gatewayUrl;
    if (gatewayUrl !== undefined) this.#pages.answer(pageKey(frame), { frame, gatewayUrl });
  }

  #send(frame: LinkFrame): void {
    this.#caller?.send(frame);
  }
}
