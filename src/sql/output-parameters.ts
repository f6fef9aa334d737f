import type { CommandParameter, ResultParameter } from '../protocol/command.ts';
import type { Value } from '../protocol/values.ts';
import type { OutputParameter } from './driver.ts';

/** A parameter's value as text (contract §5): the form that the grammar reads back, or null for NULL. */
export function parameterText(value: Value): string | null {
  if (value === null) return null;
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  }
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Names compare as SQL Server compares them: without case, and with or without their `@`. */
function nameKey(name: string): string {
  return name.replace(/^@/, '').toLowerCase();
}

/**
 * The `parameters` of a result: every parameter of the command that is not an input, in the command's order, with the
 * value it has after the command (null when the database gave none).
 */
export function toResultParameters(
  asked: readonly CommandParameter[],
  outputs: readonly OutputParameter[],
): ResultParameter[] {
  const values = new Map(outputs.map(({ name, value }) => [nameKey(name), value]));
  const results: ResultParameter[] = [];
  for (const { name, direction = 'input', type, size } of asked) {
    if (direction === 'input') continue;
    const value = parameterText(values.get(nameKey(name)) ?? null);
    results.push({ name, direction, type, value, ...(size === undefined ? {} : { size }) });
  }
  return results;
}
