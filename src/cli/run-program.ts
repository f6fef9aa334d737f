import { type Command, CommanderError } from 'commander';
import { FAILURE, INTERRUPTED } from './failure.ts';
import type { CliIo } from './io.ts';
import { printNote } from './output.ts';

/**
 * Runs one command and answers the exit code: 0 done, 1 failed, 2 called wrongly, 130 interrupted.
 * Whatever is thrown ends as one sentence on stderr.
 *
 * @param args the words after the program's name
 */
export async function runProgram(
  program: Command,
  args: readonly string[],
  io: CliIo,
): Promise<number> {
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      printNote(io, error instanceof Error && error.message ? error.message : 'Failed.');
      return 1;
    }
    if (error.code === FAILURE) printNote(io, error.message);
    if (error.code === FAILURE || error.code === INTERRUPTED) return error.exitCode;
    // Commander has said what was wrong, or printed the help that was asked for.
    return error.exitCode === 0 ? 0 : 2;
  }
}
