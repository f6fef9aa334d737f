import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { CliIo } from '../cli/io.ts';
import { pause } from '../lib/waiting.ts';
import { createFile } from './new-file.ts';

const READER_GONE = () => Object.assign(new Error('nobody reads'), { code: 'EPIPE' });

/** Writes no faster than the stream is read. */
async function writeTo(
  stream: NodeJS.WriteStream,
  chunk: string,
  signal: AbortSignal,
): Promise<void> {
  if (stream.destroyed || stream.errored) throw READER_GONE();
  if (!stream.write(chunk)) await once(stream, 'drain', { signal });
}

/** The world around this process, as the command line sees it. */
export function createIo(signal: AbortSignal): CliIo {
  const { stdout, stderr, stdin, env } = process;
  // A reader such as `head` may go away; the rest of the output is then nobody's.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    stdout: (chunk) => stdout.write(chunk),
    writeOut: (chunk) => writeTo(stdout, chunk, signal),
    stderr: (chunk) => stderr.write(chunk),
    env,
    isTty: stdout.isTTY,
    columns: stdout.columns,
    isStderrTty: stderr.isTTY,
    signal,
    readFile: (path) => readFile(path, 'utf8'),
    createFile,
    pause: (ms) => pause(ms, signal),
    readStdin: () => text(stdin),
  };
}
