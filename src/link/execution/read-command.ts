import { Compile } from 'typebox/compile';
import { Deadline } from '../../lib/deadline.ts';
import { Command } from '../../protocol/command.ts';
import { readValue } from '../../protocol/value-grammar.ts';
import type { SqlCommand, SqlParameter } from '../../sql/driver.ts';
import { invalidCommand, transferCut } from './query-failure.ts';

/** The largest request body of the contract; a command is a part of it. */
const MAX_COMMAND_BYTES = 32 * 1024 * 1024;

const commandSchema = Compile(Command);

/** Waits for a command that comes on a data stream. @throws QueryFailure, StreamReset, or the signal's reason */
export async function receiveCommand(
  readStream: (signal: AbortSignal) => AsyncIterable<Buffer>,
  transferMs: number,
  signal: AbortSignal,
): Promise<Command> {
  using deadline = new Deadline(transferMs, signal);
  try {
    return await readStreamedCommand(readStream(deadline.signal));
  } catch (error) {
    throw deadline.hasPassed ? transferCut(error) : error;
  }
}

async function readStreamedCommand(stream: AsyncIterable<Buffer>): Promise<Command> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > MAX_COMMAND_BYTES) {
      throw invalidCommand(`The command is larger than ${MAX_COMMAND_BYTES} bytes.`, 413);
    }
    chunks.push(chunk);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw invalidCommand('The command is not JSON.');
  }
  if (!commandSchema.Check(parsed)) {
    const [first] = commandSchema.Errors(parsed);
    throw invalidCommand(
      `The command is invalid: ${first?.instancePath || '/'} ${first?.message}.`,
    );
  }
  return parsed;
}

/** Reads the parameters' text as their types. @throws QueryFailure naming the parameter */
export function toSqlCommand({ text, type = 'text', parameters = [] }: Command): SqlCommand {
  return {
    text,
    type,
    parameters: parameters.map((parameter): SqlParameter => {
      const { name, direction = 'input', type: typeName, size } = parameter;
      const result = readValue(typeName, parameter.value);
      if (!result.ok) throw invalidCommand(`The parameter ${name} ${result.why}.`);
      const { value } = result;
      return { name, direction, typeName, value, ...(size !== undefined && { size }) };
    }),
  };
}
