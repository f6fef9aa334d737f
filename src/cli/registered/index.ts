import type { Command } from 'commander';
import type { CliIo } from '../io.ts';
import { addRegisteredCancel } from './cancel.ts';
import { addRegisteredCreate } from './create.ts';
import { addRegisteredList } from './list.ts';
import { addRegisteredResults } from './results.ts';
import { addRegisteredShow } from './show.ts';

/** The commands of registered queries; they need an integrator's key, as `query` does. */
export function addRegisteredCommands(program: Command, io: CliIo): void {
  const registered = program
    .command('registered')
    .description('Queries that a site runs again and again by itself.');
  addRegisteredCreate(registered, io);
  addRegisteredList(registered, io);
  addRegisteredShow(registered, io);
  addRegisteredResults(registered, io);
  addRegisteredCancel(registered, io);
}
