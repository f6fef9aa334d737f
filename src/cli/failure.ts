import { CommanderError } from 'commander';

export const FAILURE = 'parhelion.failure';
export const INTERRUPTED = 'parhelion.interrupted';

/** What ends a command with exit code 1 and this one sentence on stderr. */
export function failure(sentence: string): CommanderError {
  return new CommanderError(1, FAILURE, sentence);
}

/** What ends a command that was called wrongly, with exit code 2. */
export function usageError(sentence: string): CommanderError {
  return new CommanderError(2, FAILURE, sentence);
}

/** What ends a command at Ctrl-C: nothing to say, and the exit code that shells give to SIGINT. */
export function interrupted(): CommanderError {
  return new CommanderError(130, INTERRUPTED, '');
}
