import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'libsql';
import type {
  Connection,
  Driver,
  ExecuteOptions,
  ResultEvent,
  SqlCommand,
  SqlParameter,
} from '../../../driver.ts';
import { createSqliteDriver } from '../create-sqlite-driver.ts';
import type { OpenOptions } from '../messages.ts';

/** SQLite files for one test, removed at disposal, with a driver that starts the built program on them. */
export interface TemporaryCatalogues extends Disposable {
  readonly folder: string;
  readonly driver: Driver;
}

/** The built program that serves one connection. */
export const ENTRY_POINT = fileURLToPath(
  new URL('../../../../../dist/bin/sqlite-connection.js', import.meta.url),
);

/** Makes catalogues from scripts in SQLite's SQL; the first is the default one. */
export function temporaryCatalogues(
  scripts: Readonly<Record<string, string>>,
  dialect: OpenOptions['dialect'] = 'sqlite',
): TemporaryCatalogues {
  const folder = mkdtempSync(join(tmpdir(), 'parhelion-sqlite-'));
  const catalogues = Object.entries(scripts).map(([name, script], index) => {
    const file = join(folder, `${name}.db`);
    const database = new Database(file);
    database.exec(`PRAGMA journal_mode=WAL; ${script}`);
    database.close();
    return { name, file, isDefault: index === 0 };
  });
  const driver = createSqliteDriver({
    catalogues,
    dialect,
    entryPoint: ENTRY_POINT,
    nodePath: process.execPath,
    env: process.env,
  });
  return { folder, driver, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

/** A text command. */
export function textCommand(text: string, parameters: readonly SqlParameter[] = []): SqlCommand {
  return { text, type: 'text', parameters };
}

/** Never aborts. */
export const NO_SIGNAL: ExecuteOptions = { signal: new AbortController().signal };

/** Runs a text to its end. */
export async function eventsOf(
  connection: Connection,
  text: string,
  parameters?: readonly SqlParameter[],
): Promise<ResultEvent[]> {
  const events: ResultEvent[] = [];
  for await (const event of connection.execute(textCommand(text, parameters), NO_SIGNAL)) {
    events.push(event);
  }
  return events;
}

/** Runs a text and gives the rows of all its result sets. */
export async function rowsOf(
  connection: Connection,
  text: string,
  parameters?: readonly SqlParameter[],
): Promise<unknown[]> {
  const events = await eventsOf(connection, text, parameters);
  return events.flatMap((event) => (event.kind === 'rows' ? event.rows : []));
}
