import type { CommandParameter } from '../../protocol/command.ts';
import { readValue } from '../../protocol/value-grammar.ts';
import type { Connection, SqlCommand } from '../driver.ts';
import { EncodedResult } from '../encoded-result.ts';
import { toResultParameters } from '../output-parameters.ts';
import type { CaseCommand } from './expectations.ts';

/** What a command gave, in the forms that callers see. */
export interface CaseResult {
  /** The first result set as JSON text. */
  readonly rows: string;
  readonly rowCount: number;
  readonly rowsAffected: number;
  readonly outputs: Readonly<Record<string, string | null>>;
}

/** A case's command as drivers take it. The text of a type without grammar goes to the driver, which refuses it. */
export function toSqlCommand({ text, type = 'text', parameters = [] }: CaseCommand): SqlCommand {
  return {
    text,
    type,
    parameters: parameters.map((parameter) => {
      const { name, direction = 'input', type: typeName, value = null, size } = parameter;
      const read = readValue(typeName, value);
      const isReadable = read.ok || typeName === 'Structured' || typeName === 'Udt';
      if (!isReadable) throw new Error(`The case's parameter ${name} ${read.why}.`);
      return {
        name,
        direction,
        typeName,
        value: read.ok ? read.value : null,
        ...(size !== undefined && { size }),
      };
    }),
  };
}

/** Runs a command to its end. */
export async function runCase(
  connection: Connection,
  command: CaseCommand,
  signal: AbortSignal,
  isReadOnly = false,
): Promise<CaseResult> {
  const answer = connection.execute(toSqlCommand(command), { signal, isReadOnly });
  const result = new EncodedResult(answer);
  const chunks: Uint8Array[] = [];
  for await (const chunk of result.chunks()) chunks.push(chunk);
  const asked = (command.parameters ?? []).map(
    ({ name, type, direction = 'input' }): CommandParameter => ({ name, type, direction }),
  );
  const outputs = toResultParameters(asked, result.outputParameters);
  return {
    rows: Buffer.concat(chunks).toString(),
    rowCount: result.rows,
    rowsAffected: result.rowsAffected,
    outputs: Object.fromEntries(outputs.map(({ name, value }) => [name, value ?? null])),
  };
}
