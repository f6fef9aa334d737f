import { stringify } from 'csv-stringify/sync';
import { cellText, type Rows } from './rows.ts';

/** RFC 4180 text: NULL is an empty field, an empty string is `""`. No rows, no columns: no text. */
export function csvLines({ names, cells }: Rows, { withHeader }: { withHeader: boolean }): string {
  if (names.length === 0) return '';
  const records = cells.map((row) => row.map((cell) => (cell === null ? null : cellText(cell))));
  return stringify(withHeader ? [names, ...records] : records, {
    record_delimiter: 'windows',
    // Without it a lone CR or LF stands unquoted as soon as a record delimiter is named.
    quote_record_delimiter: true,
    // An empty text; `quoted_empty` would quote NULL too.
    quoted_match: /^$/,
  });
}

/** The same with a header. */
export function toCsv(rows: Rows): string {
  return csvLines(rows, { withHeader: true });
}
