import { csvLines } from './csv.ts';
import { parseRows } from './rows.ts';
import { splitRows } from './split-rows.ts';

/** How rows are written that come page by page. */
export type RowFormatName = 'ndjson' | 'json' | 'csv';

/** Turns the pages of a result into text, one after the other; every piece ends at the end of a line. */
export interface RowFormat {
  /** @throws SyntaxError when the page is no array of rows */
  page(json: string): { text: string; rows: number };
  /** What follows the last page. */
  end(): string;
}

function ndjson(): RowFormat {
  return {
    page(json) {
      const rows = splitRows(json);
      return { text: rows.map((row) => `${row}\n`).join(''), rows: rows.length };
    },
    end: () => '',
  };
}

/** One array of all rows, each on a line of its own. */
function jsonArray(): RowFormat {
  let opening = '[';
  return {
    page(json) {
      const rows = splitRows(json);
      const lines = rows.map((row) => {
        const line = `${opening}${row}\n`;
        opening = ',';
        return line;
      });
      return { text: lines.join(''), rows: rows.length };
    },
    end: () => (opening === '[' ? '[]\n' : ']\n'),
  };
}

function csv(): RowFormat {
  let header: readonly string[] | undefined;
  return {
    page(json) {
      const { names, cells } = parseRows(json);
      const isFirst = header === undefined && names.length > 0;
      if (isFirst) header = names;
      else if (names.length > 0 && names.join('\0') !== header?.join('\0')) {
        throw new SyntaxError('The columns differ from those of the page before');
      }
      return { text: csvLines({ names, cells }, { withHeader: isFirst }), rows: cells.length };
    },
    end: () => '',
  };
}

const FORMATS = { ndjson, json: jsonArray, csv } as const;

export function createRowFormat(name: RowFormatName): RowFormat {
  return FORMATS[name]();
}
