import { isLosslessNumber, type LosslessNumber, parse } from 'lossless-json';
import { endOfString } from './split-rows.ts';

/** One value of a row. Numbers keep the digits in which they came. */
export type Cell = null | boolean | string | LosslessNumber;

/** Rows as a table: names in select order, and the cells of each row in that order. */
export interface Rows {
  readonly names: readonly string[];
  readonly cells: readonly (readonly Cell[])[];
}

/**
 * Names of the first row as they stand in the text: an object moves names such as `2024` to its front.
 * The text must have been read as an array of flat objects before.
 */
function namesInOrder(json: string): string[] {
  const names: string[] = [];
  let at = json.indexOf('{') + 1;
  let isName = true;
  for (; json[at] !== '}'; at += 1) {
    if (json[at] === ':') isName = false;
    else if (json[at] === ',') isName = true;
    else if (json[at] === '"') {
      const end = endOfString(json, at);
      if (isName) names.push(JSON.parse(json.slice(at, end)) as string);
      at = end - 1;
    }
  }
  return names;
}

function isCell(value: unknown): value is Cell {
  return (
    value === null ||
    typeof value === 'boolean' ||
    typeof value === 'string' ||
    isLosslessNumber(value)
  );
}

/** Reads decoded result data, an array of flat objects; throws a SyntaxError when it is anything else. */
export function parseRows(json: string): Rows {
  const rows = parse(json);
  if (!Array.isArray(rows)) throw new SyntaxError('Not an array of rows');
  if (rows.length === 0) return { names: [], cells: [] };
  const objects = rows.map((row: unknown) => {
    const isRow = typeof row === 'object' && row !== null && !isCell(row) && !Array.isArray(row);
    if (!isRow || !Object.values(row).every(isCell)) throw new SyntaxError('Not a flat row');
    return row as Record<string, Cell>;
  });
  const names = namesInOrder(json);
  const cells = objects.map((row) => names.map((name) => row[name] ?? null));
  return { names, cells };
}

/** A cell as text, numbers with all their digits. */
export function cellText(cell: Exclude<Cell, null>): string {
  return isLosslessNumber(cell) ? cell.value : String(cell);
}

/** Which columns hold numbers and nothing else but NULL. */
export function numericColumns({ names, cells }: Rows): boolean[] {
  return names.map(
    (_, at) =>
      cells.some((row) => isLosslessNumber(row[at])) &&
      cells.every((row) => row[at] === null || isLosslessNumber(row[at])),
  );
}
