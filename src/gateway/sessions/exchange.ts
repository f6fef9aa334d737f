import { deferred } from '../../lib/deferred.ts';
import type { FhirAnswerFrame } from '../../protocol/fhir-frames.ts';
import type { FailureFrame, ResultFrame } from '../../protocol/frames.ts';
import type { SiteAnswer, SiteOutcome } from './site-exchange.ts';

/** The frame that answers a request, by what was asked. */
type AnswerFrame = ResultFrame | FhirAnswerFrame;

/** One request under way on a session: it joins the answer's header frame with the bytes of its data stream. */
export class Exchange {
  readonly streamId: number;
  readonly maxResultBytes: number;
  readonly answerType: AnswerFrame['type'];
  readonly #answer = deferred<SiteAnswer>();
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #isStreamOpen = false;
  #isStreamBroken = false;
  #header: AnswerFrame | undefined;
  #isCancelled = false;
  isSent = false;

  constructor(
    streamId: number,
    maxResultBytes: number,
    answerType: AnswerFrame['type'] = 'result',
  ) {
    this.streamId = streamId;
    this.maxResultBytes = maxResultBytes;
    this.answerType = answerType;
  }

  /** Settles once and never rejects. */
  get answer(): Promise<SiteAnswer> {
    return this.#answer.promise;
  }

  /** Nobody waits for the rows any more; a write that has started still reports what it did. */
  cancel(): void {
    this.#isCancelled = true;
    this.#chunks.length = 0;
    if (this.#header) this.#finish(this.#header);
  }

  /** Whether the rows are still wanted. */
  get wantsRows(): boolean {
    return !this.#isCancelled;
  }

  /** Collects the data stream. When it breaks off, the site says why by a failure, or its session ends. */
  async collect(chunks: AsyncIterable<Buffer>): Promise<void> {
    this.#isStreamOpen = true;
    try {
      for await (const chunk of chunks) {
        if (this.#isCancelled) return;
        this.#bytes += chunk.length;
        if (this.#bytes > this.maxResultBytes)
          throw new Error('More bytes came than were asked for.');
        this.#chunks.push(chunk);
      }
    } catch {
      this.#isStreamBroken = true;
      if (this.#header && !this.#isCancelled) this.siteWentAway();
      return;
    }
    this.#isStreamOpen = false;
    if (this.#header) this.#finish(this.#header);
  }

  result(frame: AnswerFrame, body: Buffer | undefined): void {
    if (body && body.length > 0) {
      this.#chunks.push(body);
      this.#bytes += body.length;
    }
    this.#header = frame;
    if (this.#isStreamBroken && !this.#isCancelled) return this.siteWentAway();
    const isComplete = !this.#isStreamOpen && this.#bytes >= frame.size;
    if (frame.isOnDataStream && !isComplete && !this.#isCancelled) return;
    this.#finish(frame);
  }

  failure({ type: _type, queryId: _queryId, ...failure }: FailureFrame): void {
    this.#answer.resolve({ outcome: { kind: 'failure', ...failure }, body: [] });
  }

  siteWentAway(): void {
    this.#answer.resolve({ outcome: { kind: 'siteWentAway', wasSent: this.isSent }, body: [] });
  }

  #finish(frame: AnswerFrame): void {
    if (this.#bytes !== frame.size && !this.#isCancelled) return this.siteWentAway();
    this.#answer.resolve({ outcome: toOutcome(frame), body: this.#chunks });
  }
}

function toOutcome(frame: AnswerFrame): SiteOutcome {
  if (frame.type === 'result') {
    const { type: kind, queryId: _queryId, isOnDataStream: _where, ...facts } = frame;
    return { kind, ...facts };
  }
  const { type: kind, queryId: _queryId, isOnDataStream: _where, ...facts } = frame;
  return { kind, ...facts };
}
