import type { Table } from '../../../src/practice/table.ts';
import { Attachment } from '../../../src/sql/drivers/firebird/attachment.ts';
import type { TestDatabase } from '../firebird-server.ts';
import {
  addForeignKeys,
  addRules,
  continueCounting,
  createIndexes,
  createTable,
} from './definitions.ts';
import { loadRows } from './load-rows.ts';

const CONNECT_TIMEOUT_MS = 10_000;

async function define(attachment: Attachment, statements: readonly string[]): Promise<void> {
  const transaction = await attachment.startTransaction(false);
  for (const text of statements) {
    const statement = await attachment.prepare(transaction, text);
    await attachment.execute(transaction, statement, []);
    attachment.drop(statement);
  }
  await attachment.commit(transaction);
}

/** Fills an empty database with a catalogue of the demo practice: its tables, its rows, its rules and indexes. */
export async function buildPractice(
  { options, file }: TestDatabase,
  tables: readonly Table[],
  demoFile: string,
  afterRows: readonly string[],
): Promise<void> {
  const attachment = await Attachment.open(
    {
      ...options,
      port: options.port ?? 3050,
      file,
      wireCrypt: 'enabled',
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
    },
    new AbortController().signal,
  );
  try {
    await define(attachment, tables.map(createTable));
    const last = await loadRows(attachment, tables, demoFile);
    await define(attachment, tables.flatMap(addRules));
    await define(attachment, tables.flatMap(addForeignKeys));
    await define(attachment, [...tables.flatMap(createIndexes), ...afterRows]);
    await define(attachment, continueCounting(tables, last));
  } finally {
    await attachment.close();
  }
}
