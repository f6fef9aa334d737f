import type { Command } from 'commander';
import { idArgument } from '../id-argument.ts';
import type { CliIo } from '../io.ts';
import { printDone } from '../print-answer.ts';
import { openRegistered, type RegisteredOptions, registeredCommand } from './registered-command.ts';

export function addRegisteredCancel(registered: Command, io: CliIo): void {
  registeredCommand(registered, 'cancel', 'End a registered query before its time.')
    .argument('<queryId>', 'id of the registered query', idArgument)
    .action(async (id: string, options: RegisteredOptions) => {
      const queries = await openRegistered(io, options);
      await queries.request('DELETE', `/${id}`);
      printDone(io, options, `The registered query ${id} is cancelled.`);
    });
}
