import { type Deferred, deferred } from '../../lib/deferred.ts';
import type { LinkFrame } from '../../protocol/frames.ts';

interface Question<Answer> {
  readonly frame: LinkFrame;
  readonly answered: Deferred<Answer>;
  sentAt: number;
}

/** Frames that the gateway answers each: sent again and again, on each session anew, until it has. */
export class Questions<Answer> {
  readonly #send: (frame: LinkFrame) => void;
  readonly #open = new Map<string, Question<Answer>>();

  constructor(send: (frame: LinkFrame) => void) {
    this.#send = send;
  }

  /** The answer; it never comes when the question is withdrawn or another takes its place. */
  ask(key: string, frame: LinkFrame): Promise<Answer> {
    const question = { frame, answered: deferred<Answer>(), sentAt: performance.now() };
    this.#open.set(key, question);
    this.#send(frame);
    return question.answered.promise;
  }

  answer(key: string, answer: Answer): void {
    const question = this.#open.get(key);
    this.#open.delete(key);
    question?.answered.resolve(answer);
  }

  withdraw(key: string): void {
    this.#open.delete(key);
  }

  /** Sends again what was sent so long ago, or longer. */
  repeat(afterMs: number): void {
    const now = performance.now();
    for (const question of this.#open.values()) {
      if (now - question.sentAt < afterMs) continue;
      question.sentAt = now;
      this.#send(question.frame);
    }
  }
}
