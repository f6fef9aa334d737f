import type { Command } from 'commander';
import { wholeNumber } from '../commands/integrator-options.ts';
import {
  addSqlCommandOptions,
  readSqlCommand,
  type SqlCommandOptions,
} from '../commands/sql-command.ts';
import type { CliIo } from '../io.ts';
import { fieldTable, printAnswer } from '../print-answer.ts';
import { readAnswer } from '../read-answer.ts';
import { CreatedRegisteredQuery } from './answers.ts';
import { openRegistered, type RegisteredOptions, registeredCommand } from './registered-command.ts';

interface CreateOptions extends RegisteredOptions, SqlCommandOptions {
  readonly name: string;
  readonly frequency: number;
  readonly duration: number;
}

/** The gateway's own setting says how often is too often. */
const LONGEST_S = 86_400;

async function createRegistered(io: CliIo, sql: string | undefined, options: CreateOptions) {
  const { name, frequency, duration } = options;
  const registerCommand = await readSqlCommand(io, sql, options);
  const registered = await openRegistered(io, options);
  const body = readAnswer(
    CreatedRegisteredQuery,
    await registered.request('POST', '', {
      name,
      registeredQueryType: 'query',
      frequency,
      duration,
      registerCommand,
    }),
  );
  printAnswer(io, options, body, () => fieldTable(body));
}

export function addRegisteredCreate(registered: Command, io: CliIo): void {
  const create = registeredCommand(
    registered,
    'create',
    'Let a site run SQL again and again, and tell when its result changes.',
  )
    .requiredOption('--name <name>', 'what you call it')
    .requiredOption(
      '--frequency <s>',
      'seconds from one run to the next',
      wholeNumber('seconds', 1, LONGEST_S),
    )
    .requiredOption(
      '--duration <s>',
      'seconds after which it ends',
      wholeNumber('seconds', 1, LONGEST_S),
    )
    .action((sql: string | undefined, options: CreateOptions) =>
      createRegistered(io, sql, options),
    );
  addSqlCommandOptions(create, ['reader', 'scalar']);
}
