import { cutLine, displayWidth, escapeLine } from './terminal-text.ts';

/** What a table shows. Cells may hold anything: they are made safe for a terminal here. */
export interface TableContent {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of numbers: set to the right and never cut, for a cut number would be a wrong one. */
  readonly isNumeric?: readonly boolean[];
}

// Between two cells: a space, the line, a space.
const GAP = 3;
const NARROWEST_CELL = 8;

const isTrue = (flags: readonly boolean[] | undefined, at: number) => flags?.[at] ?? false;

/**
 * The widest that the cells of text may be so that all columns fit, or undefined when even narrow cells do not.
 * Short columns keep their width; only the long ones share what is left.
 */
function widestTextCell(
  widths: readonly number[],
  isNumeric: readonly boolean[] | undefined,
  available: number,
): number | undefined {
  const fixed = widths.filter((_, at) => isTrue(isNumeric, at));
  let room = available - GAP * (widths.length - 1) - 2 - fixed.reduce((sum, w) => sum + w, 0);
  const texts = widths.filter((_, at) => !isTrue(isNumeric, at)).toSorted((a, b) => a - b);
  for (const [at, width] of texts.entries()) {
    const share = Math.floor(room / (texts.length - at));
    if (width > share) return share >= NARROWEST_CELL ? share : undefined;
    room -= width;
  }
  return room >= 0 ? Number.POSITIVE_INFINITY : undefined;
}

/** One block of lines for each row, for rows too wide to stand side by side. */
function renderBlocks({ head, rows, isNumeric }: TableContent, maxColumns: number): string {
  const labelWidth = Math.min(
    Math.max(...head.map(displayWidth)),
    Math.max(NARROWEST_CELL, Math.floor(maxColumns / 3)),
  );
  const labels = head.map((name) => {
    const label = cutLine(name, labelWidth);
    return label + ' '.repeat(labelWidth - displayWidth(label));
  });
  const room = Math.max(NARROWEST_CELL, maxColumns - labelWidth - GAP);
  const blocks = rows.map((row, index) => {
    const lines = row.map(
      (cell, at) => `${labels[at]} │ ${isTrue(isNumeric, at) ? cell : cutLine(cell, room)}`,
    );
    return [`── row ${index + 1} ──`, ...lines].join('\n');
  });
  return `${blocks.join('\n')}\n`;
}

/**
 * Renders a table, its last line ended.
 *
 * @param maxColumns the terminal's width; left out, nothing is cut
 */
export function renderTable(content: TableContent, maxColumns?: number): string {
  const head = content.head.map(escapeLine);
  const rows = content.rows.map((row) => row.map(escapeLine));
  const widths = head.map((name, at) =>
    rows.reduce((width, row) => Math.max(width, displayWidth(row[at] ?? '')), displayWidth(name)),
  );
  let widest = Number.POSITIVE_INFINITY;
  if (maxColumns !== undefined) {
    const fitting = widestTextCell(widths, content.isNumeric, maxColumns);
    if (fitting === undefined) return renderBlocks({ ...content, head, rows }, maxColumns);
    widest = fitting;
  }
  const columns = widths.map((width, at) => {
    const isNumber = isTrue(content.isNumeric, at);
    return { isNumber, width: isNumber ? width : Math.min(width, widest) };
  });
  const renderLine = (cells: readonly string[]) => {
    const padded = columns.map(({ width, isNumber }, at) => {
      const cell = cutLine(cells[at] ?? '', width);
      const padding = ' '.repeat(width - displayWidth(cell));
      return isNumber ? padding + cell : cell + padding;
    });
    return ` ${padded.join(' │ ')}`.trimEnd();
  };
  const rule = columns.map(({ width }) => '─'.repeat(width + 2)).join('┼');
  return `${[renderLine(head), rule, ...rows.map(renderLine)].join('\n')}\n`;
}
