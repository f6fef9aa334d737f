import type { Command } from 'commander';
import type { CliIo } from '../io.ts';
import { printAnswer } from '../print-answer.ts';
import { readAnswer } from '../read-answer.ts';
import { RegisteredQueryList } from './answers.ts';
import { openRegistered, type RegisteredOptions, registeredCommand } from './registered-command.ts';

export function addRegisteredList(registered: Command, io: CliIo): void {
  registeredCommand(registered, 'list', "List the site's registered queries.").action(
    async (options: RegisteredOptions) => {
      const queries = await openRegistered(io, options);
      const body = readAnswer(RegisteredQueryList, await queries.request('GET', ''));
      printAnswer(io, options, body, () => ({
        head: ['Id', 'Name', 'Status', 'Frequency', 'Duration', 'Created', 'Succeeded', 'Failed'],
        rows: body.registeredQueries.map((query) => [
          query.id,
          query.name,
          query.status,
          `${query.frequency} s`,
          `${query.duration} s`,
          query.createdAt,
          String(query.metrics.executionSucceededCount),
          String(query.metrics.executionFailedCount),
        ]),
      }));
    },
  );
}
