import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Command } from '../../protocol/command.ts';
import { readValue } from '../../protocol/value-grammar.ts';

/**
 * Refuses a command whose parameters cannot be read as their types, before anything runs. The message names the
 * parameter and never shows its value.
 *
 * @throws ParhelionError `invalidRequest`
 */
export function checkParameters({ parameters = [] }: Command): void {
  const seen = new Set<string>();
  for (const [index, { name, type, value }] of parameters.entries()) {
    const where = `command.parameters[${index}] (${name})`;
    const key = name.replace(/^@/, '').toLowerCase();
    if (seen.has(key)) {
      throw new ParhelionError('invalidRequest', `${where}: the name is given twice.`);
    }
    seen.add(key);
    const outcome = readValue(type, value);
    if (!outcome.ok) {
      throw new ParhelionError('invalidRequest', `${where}: the value ${outcome.why} (${type}).`);
    }
  }
}
