#!/usr/bin/env node
import { createProgram } from '../cli/create-program.ts';
import { runProgram } from '../cli/run-program.ts';
import { ENGINE_NAMES } from '../sql/driver.ts';
import { commands } from './commands.ts';
import { createIo } from './io.ts';
import { readVersion } from './version.ts';

const args = process.argv.slice(2);
const interrupted = new AbortController();
/** One Ctrl-C may come twice: from the terminal, and from a wrapper such as npx that passes it on. */
const SAME_KEY_PRESS_MS = 500;
// Servers have their own way of stopping; a command that is waiting for an answer just gives up.
process.once('SIGINT', () => {
  interrupted.abort();
  const ignore = () => {};
  process.on('SIGINT', ignore);
  setTimeout(() => process.off('SIGINT', ignore), SAME_KEY_PRESS_MS).unref();
});

const io = createIo(interrupted.signal);
const program = createProgram({
  io,
  version: readVersion(),
  run: commands,
  drivers: ENGINE_NAMES,
});
process.exitCode = await runProgram(program, args, io);
