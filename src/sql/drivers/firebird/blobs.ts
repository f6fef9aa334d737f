import type Transaction from 'node-firebird/lib/wire/transaction.js';
import type { Quad } from 'node-firebird/lib/wire/wire-types.js';
import type { Value } from '../../../protocol/values.ts';
import type { Attachment } from './attachment.ts';
import { refused } from './errors.ts';
import type { ReadableColumns } from './values.ts';

/** Rows whose blobs are asked for at a time. */
const MAX_GROUP_ROWS = 16;

/** Bytes of blobs that are held at a time, as far as the rows before let it be foreseen. */
const GROUP_BYTES = 1024 * 1024;

async function fillRow(
  attachment: Attachment,
  transaction: Transaction,
  row: unknown[],
  { blobReaders }: ReadableColumns,
): Promise<{ readonly values: readonly Value[]; readonly bytes: number }> {
  let bytes = 0;
  const values = await Promise.all(
    row.map(async (value, index): Promise<Value> => {
      const read = blobReaders[index];
      if (!read || value === null) return value as Value;
      const content = await attachment.readBlob(transaction, value as Quad);
      bytes += content.length;
      const decoded = read(content);
      if (decoded !== undefined) return decoded;
      throw refused(`A text blob holds bytes that are no ${attachment.charset} text.`);
    }),
  );
  return { values, bytes };
}

/** Rows with the content of their blobs, a few at a time: a blob can be read only while its transaction lasts. */
export async function* fillBlobs(
  attachment: Attachment,
  transaction: Transaction,
  rows: readonly unknown[][],
  columns: ReadableColumns,
): AsyncGenerator<(readonly Value[])[], void, void> {
  let size = MAX_GROUP_ROWS;
  for (let from = 0; from < rows.length; ) {
    const group = rows.slice(from, from + size);
    from += group.length;
    const filled = await Promise.all(
      group.map((row) => fillRow(attachment, transaction, row, columns)),
    );
    const bytes = filled.reduce((sum, row) => sum + row.bytes, 0);
    size = Math.min(
      Math.max(Math.floor((GROUP_BYTES * group.length) / (bytes || 1)), 1),
      MAX_GROUP_ROWS,
    );
    yield filled.map(({ values }) => values);
  }
}
