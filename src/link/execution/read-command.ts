import { Compile } from 'typebox/compile';
import { Command } from '../../protocol/command.ts';
import { readValue } from '../../protocol/value-grammar.ts';
import type { SqlCommand, SqlParameter } from '../../sql/driver.ts';
import { invalidCommand } from './query-failure.ts';
import { receiveJson } from './receive-json.ts';

const schema = Compile(Command);

/** Waits for a command that comes on a data stream. @throws QueryFailure, StreamReset, or the signal's reason */
export function receiveCommand(
  readStream: (signal: AbortSignal) => AsyncIterable<Buffer>,
  transferMs: number,
  signal: AbortSignal,
): Promise<Command> {
  return receiveJson({ readStream, transferMs, signal, schema, what: 'command' });
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
