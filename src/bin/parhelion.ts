#!/usr/bin/env node
import { createProgram } from '../cli/create-program.ts';
import { runProgram } from '../cli/run-program.ts';
import { ENGINE_NAMES } from '../sql/driver.ts';
import { commands } from './commands.ts';
import { createIo } from './io.ts';
import { readVersion } from './version.ts';

const args = process.argv.slice(2);
const interrupted = new AbortController();
// Servers have their own way of stopping; a command that is waiting for an answer just gives up.
process.once('SIGINT', () => interrupted.abort());

const io = createIo(interrupted.signal);
const program = createProgram({
  io,
  version: readVersion(),
  run: commands,
  drivers: ENGINE_NAMES,
});
process.exitCode = await runProgram(program, args, io);
