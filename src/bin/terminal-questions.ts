import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { failure, interrupted } from '../cli/failure.ts';
import type { QuestionOptions, Questions } from '../link/setup/questions.ts';

/** Questions over a terminal, or over lines that a script pipes in. */
export class TerminalQuestions implements Questions, Disposable {
  readonly #output: NodeJS.WritableStream;
  readonly #lines: AsyncIterator<string>;
  readonly #close: () => void;
  #isMuted = false;
  #isInterrupted = false;

  constructor(
    input: NodeJS.ReadableStream & { readonly isTTY?: boolean },
    output: NodeJS.WritableStream,
  ) {
    this.#output = output;
    // Readline echoes what is typed through its output: a secret is muted there.
    const echo = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        if (!this.#isMuted) output.write(chunk);
        done();
      },
    });
    const readline = createInterface({
      input,
      output: echo,
      terminal: input.isTTY === true,
      // The arrow keys must not bring a secret back.
      historySize: 0,
    });
    readline.on('SIGINT', () => {
      this.#isInterrupted = true;
      readline.close();
    });
    this.#lines = readline[Symbol.asyncIterator]();
    this.#close = () => readline.close();
  }

  async ask(question: string, options: QuestionOptions = {}): Promise<string> {
    const { default: fallback, isSecret = false } = options;
    this.#output.write(`${question}${fallback === undefined ? '' : ` [${fallback}]`}: `);
    this.#isMuted = isSecret;
    const { done, value } = await this.#lines.next();
    this.#isMuted = false;
    if (this.#isInterrupted) throw interrupted();
    if (done) throw failure('The answers ended before everything was known.');
    if (isSecret) this.#output.write('\n');
    const answer = isSecret ? value : value.trim();
    return answer === '' ? (fallback ?? '') : answer;
  }

  [Symbol.dispose](): void {
    this.#close();
  }
}
