import Database from 'libsql';
import type WireTransaction from 'node-firebird/lib/wire/transaction.js';
import { parseColumn, type Table } from '../../../src/practice/table.ts';
import type { SqlParameter } from '../../../src/sql/driver.ts';
import type { Attachment } from '../../../src/sql/drivers/firebird/attachment.ts';
import { bindParameters, blobReference } from '../../../src/sql/drivers/firebird/parameters.ts';
import { type FirebirdType, firebirdType, type Stored } from './column-types.ts';
import { type LastNumbers, quoted } from './definitions.ts';

/** Requests that are sent before the answer to the first is there. */
const MAX_UNANSWERED = 200;

type StoredRow = readonly (Stored | null)[];

async function loadTable(
  attachment: Attachment,
  transaction: WireTransaction,
  table: Table,
  rows: Iterable<StoredRow>,
): Promise<void> {
  const names = Object.keys(table.columns);
  const types = names.map(
    (name): FirebirdType => firebirdType(parseColumn(table.columns[name] ?? '').type),
  );
  const marks = names.map(() => '?').join(', ');
  const statement = await attachment.prepare(
    transaction,
    `INSERT INTO ${quoted(table.name)} (${names.map(quoted).join(', ')}) VALUES (${marks})`,
  );
  let unanswered: Promise<unknown>[] = [];
  for (const row of rows) {
    const parameters = types.map(({ typeName, toValue }, index): SqlParameter => {
      const stored = row[index] ?? null;
      const value = stored === null ? null : toValue(stored);
      return { name: names[index] ?? '', direction: 'input', typeName, value };
    });
    const bound = bindParameters(parameters, statement.input, attachment.charset);
    const sent = [];
    for (const parameter of bound) {
      if (!('blob' in parameter)) sent.push(parameter);
      else
        sent.push(
          blobReference(await attachment.writeBlob(transaction, parameter.blob), parameter),
        );
    }
    unanswered.push(attachment.execute(transaction, statement, sent));
    if (unanswered.length < MAX_UNANSWERED) continue;
    await Promise.all(unanswered);
    unanswered = [];
  }
  await Promise.all(unanswered);
  attachment.drop(statement);
}

/** Puts the rows of a demo file into tables that have no rules yet. */
export async function loadRows(
  attachment: Attachment,
  tables: readonly Table[],
  demoFile: string,
): Promise<LastNumbers> {
  const demo = new Database(demoFile);
  const identities = new Map<string, bigint>();
  let version = 0n;
  try {
    const transaction = await attachment.startTransaction(false);
    for (const table of tables) {
      const names = Object.keys(table.columns);
      const statement = demo.prepare(`SELECT "${names.join('", "')}" FROM ${table.name}`);
      const rows = statement.safeIntegers(true).raw(true).all() as StoredRow[];
      const versionAt = names.indexOf('RowVersion');
      for (const row of rows) {
        const [key] = row;
        const highest = identities.get(table.name) ?? 0n;
        if (typeof key === 'bigint' && key > highest) identities.set(table.name, key);
        if (versionAt < 0) continue;
        const own = Buffer.from(row[versionAt] as Uint8Array).readBigInt64BE();
        if (own > version) version = own;
      }
      await loadTable(attachment, transaction, table, rows);
    }
    await attachment.commit(transaction);
  } finally {
    demo.close();
  }
  return { identities, version };
}
