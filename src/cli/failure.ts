import { CommanderError } from 'commander';

export const FAILURE = 'parhelion.failure';
export const INTERRUPTED = 'parhelion.interrupted';

/** What ends a command with exit code 1 and this one sentence on stderr. */
export function failure(sentence: string): CommanderError {
  return new CommanderError(1, FAILURE, sentence);
}

/** A failure that may be gone when the same thing is asked again: no answer, or one that says "later". */
export class TransientFailure extends CommanderError {
  /** How long the gateway asks to be left alone. */
  readonly retryAfterMs: number;

  constructor(sentence: string, retryAfterMs = 0) {
    super(1, FAILURE, sentence);
    this.retryAfterMs = retryAfterMs;
  }
}

/** What ends a command that was called wrongly, with exit code 2. */
export function usageError(sentence: string): CommanderError {
  return new CommanderError(2, FAILURE, sentence);
}

/** What the gateway refuses for good, with its HTTP status. */
export class RefusedFailure extends CommanderError {
  readonly status: number;

  constructor(sentence: string, status: number) {
    super(1, FAILURE, sentence);
    this.status = status;
  }
}

/** What ends a command whose output nobody reads any more: no failure, and nothing to say. */
export function readerGone(): CommanderError {
  return new CommanderError(0, INTERRUPTED, '');
}

/** What ends a command at Ctrl-C: nothing to say, and the exit code that shells give to SIGINT. */
export function interrupted(): CommanderError {
  return new CommanderError(130, INTERRUPTED, '');
}
