import { type Deferred, deferred } from '../../lib/deferred.ts';
import type { ErrorDetails } from '../../protocol/error-details.ts';
import type { PracticeAnswerFrame } from '../../protocol/frames.ts';

type Refusal = ErrorDetails | undefined;

/** The questions to one site whose answers have not come yet. */
export class PracticeQuestions {
  readonly #open = new Map<string, Deferred<Refusal>>();

  /** Resolves to why the practice refuses; undefined when it does not, and when no answer comes before the signal. */
  async ask(queryId: string, send: () => void, signal: AbortSignal): Promise<Refusal> {
    const answer = deferred<Refusal>();
    const giveUp = () => answer.resolve(undefined);
    this.#open.set(queryId, answer);
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      if (signal.aborted) giveUp();
      else send();
      return await answer.promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
      this.#open.delete(queryId);
    }
  }

  answered({ queryId, refusal }: PracticeAnswerFrame): void {
    this.#open.get(queryId)?.resolve(refusal);
  }
}
