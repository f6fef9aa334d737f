import { type Command, Option } from 'commander';
import { failure, usageError } from '../failure.ts';
import type { CliIo } from '../io.ts';
import { addQueryParameter, type QueryParameter } from './query-parameter.ts';

/** Options that say what is to be run at a site. */
export interface SqlCommandOptions {
  readonly catalogue?: string;
  readonly param?: readonly QueryParameter[];
  readonly mode: string;
  readonly procedure?: true;
  readonly file?: string;
}

async function readSqlFile(io: CliIo, path: string): Promise<string> {
  try {
    return await io.readFile(path);
  } catch {
    throw failure(`The file ${path} cannot be read.`);
  }
}

const stripBom = (text: string) => text.replace(/^\ufeff/, '');

async function findSql(io: CliIo, sql: string | undefined, file?: string): Promise<string> {
  if (sql !== undefined && file !== undefined) {
    throw usageError('Give the SQL either as an argument or with --file, not both.');
  }
  if (sql === undefined && file === undefined) {
    throw usageError('Give the SQL as an argument, with --file, or - to read standard input.');
  }
  const source = file ?? sql ?? '-';
  if (source === '-') return stripBom(await io.readStdin());
  return file === undefined ? source : stripBom(await readSqlFile(io, file));
}

/** The command and its catalogue as the API takes them. */
export async function readSqlCommand(
  io: CliIo,
  argument: string | undefined,
  options: SqlCommandOptions,
): Promise<{ command: object; catalogue: string | undefined }> {
  return {
    catalogue: options.catalogue,
    command: {
      text: await findSql(io, argument, options.file),
      executionMode: options.mode,
      type: options.procedure ? 'storedProcedure' : 'text',
      parameters: options.param ?? [],
    },
  };
}

/** @param modes the execution modes that the command can have; the first is the default */
export function addSqlCommandOptions(
  command: Command,
  modes: readonly [string, ...string[]],
): Command {
  return command
    .argument('[sql]', 'the SQL text or procedure name; - reads standard input')
    .option('--catalogue <name>', "one of the site's databases instead of its default one")
    .option('--param <@name:Type=value>', 'a parameter, repeatable', addQueryParameter)
    .addOption(new Option('--mode <mode>', 'what to return').choices(modes).default(modes[0]))
    .option('--procedure', 'the text is the name of a stored procedure')
    .option('--file <path>', 'read the SQL from a file; - reads standard input');
}
