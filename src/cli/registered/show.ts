import type { Command } from 'commander';
import { idArgument } from '../id-argument.ts';
import type { CliIo } from '../io.ts';
import { fieldTable, printAnswer } from '../print-answer.ts';
import { readAnswer } from '../read-answer.ts';
import { RegisteredQuery } from './answers.ts';
import { openRegistered, type RegisteredOptions, registeredCommand } from './registered-command.ts';

export function addRegisteredShow(registered: Command, io: CliIo): void {
  registeredCommand(registered, 'show', 'Show a registered query.')
    .argument('<queryId>', 'id of the registered query', idArgument)
    .action(async (id: string, options: RegisteredOptions) => {
      const queries = await openRegistered(io, options);
      const body = readAnswer(RegisteredQuery, await queries.request('GET', `/${id}`));
      printAnswer(io, options, body, () => fieldTable(body));
    });
}
