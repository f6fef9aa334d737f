import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { CliIo } from '../cli/io.ts';

/** The world around this process, as the command line sees it. */
export function createIo(signal: AbortSignal): CliIo {
  const { stdout, stderr, stdin, env } = process;
  // A reader such as `head` may go away; the rest of the output is then nobody's.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    stdout: (chunk) => stdout.write(chunk),
    stderr: (chunk) => stderr.write(chunk),
    env,
    isTty: stdout.isTTY,
    columns: stdout.columns,
    signal,
    readFile: (path) => readFile(path, 'utf8'),
    readStdin: () => text(stdin),
  };
}
