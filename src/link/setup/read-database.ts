import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Value } from '../../protocol/values.ts';
import type { CatalogueAnswer } from '../../sql/engine.ts';
import { SqlError } from '../../sql/sql-error.ts';
import type { ConfiguredDatabase } from '../database/open-database.ts';
import { inPlainWords } from './connection-words.ts';
import type { SystemFile } from './system-file.ts';

const DEADLINE_MS = 30_000;

const failed = (sentence: string, cause?: unknown) =>
  new ParhelionError('configInvalid', sentence, { cause });

/** Connects to each catalogue once. @throws ParhelionError that says in plain words what is wrong */
export async function tryCatalogues(
  database: ConfiguredDatabase,
  names: readonly string[],
): Promise<void> {
  for (const catalogue of names) await withConnection(database, catalogue, async () => {});
}

/** The facts of a practice that queries of its system can tell. */
export const PRACTICE_FACTS = [
  'practiceManagementName',
  'practiceManagementVersion',
  'practiceManagementSiteId',
  'practiceName',
] as const;
export type PracticeFact = (typeof PRACTICE_FACTS)[number];
export type PracticeFacts = Readonly<Partial<Record<PracticeFact, string>>>;

/** Asks the database for the facts that are not known yet. @throws ParhelionError naming the query that fails */
export async function readPracticeFacts(
  database: ConfiguredDatabase,
  system: SystemFile,
  known: PracticeFacts,
): Promise<PracticeFacts> {
  const facts: Partial<Record<PracticeFact, string>> = { ...known };
  for (const name of PRACTICE_FACTS) {
    const source = system.metadata?.[name];
    if (facts[name] !== undefined || !source) continue;
    const what = `metadata.${name}`;
    const [first] = await readRows(database, source.catalogue, source.query, what);
    const value = textOf(first?.[0]);
    if (value === '') throw failed(`The query ${what} of ${system.product} gave no value.`);
    facts[name] = value;
  }
  return { practiceManagementName: system.product, ...facts };
}

/** Asks the database which catalogues there are. @throws ParhelionError when there is none */
export async function readCatalogues(
  database: ConfiguredDatabase,
  query: string,
): Promise<CatalogueAnswer[]> {
  const rows = await readRows(database, undefined, query, 'metadata.catalogues');
  const catalogues = rows.map((row, index) => {
    const location = textOf(row[1]);
    return { name: textOf(row[0]), ...(location && { location }), isDefault: index === 0 };
  });
  if (catalogues.length > 0) return catalogues;
  throw failed('The query metadata.catalogues gave no row: this server has no such database.');
}

const textOf = (value: Value | undefined) =>
  value === null || value === undefined || value instanceof Uint8Array ? '' : String(value).trim();

/** More rows than any list of databases has. */
const MAX_ROWS = 1_000;

async function readRows(
  database: ConfiguredDatabase,
  catalogue: string | undefined,
  text: string,
  what: string,
): Promise<(readonly Value[])[]> {
  return withConnection(database, catalogue, async (connection, signal) => {
    const rows: (readonly Value[])[] = [];
    let resultSets = 0;
    try {
      const command = { text, type: 'text', parameters: [] } as const;
      for await (const event of connection.execute(command, { signal })) {
        if (event.kind === 'columns') resultSets += 1;
        if (event.kind === 'rows' && resultSets === 1) rows.push(...event.rows);
        if (rows.length > MAX_ROWS) throw failed(`The query ${what} gives too many rows.`);
      }
    } catch (error) {
      if (!(error instanceof SqlError) || error.kind === 'connection') throw error;
      const said = error.kind === 'cancelled' ? 'it took too long.' : error.message;
      throw failed(`The query ${what} failed: ${said}`, error);
    }
    return rows;
  });
}

type Use<T> = (
  connection: Awaited<ReturnType<ConfiguredDatabase['driver']['connect']>>,
  signal: AbortSignal,
) => Promise<T>;

async function withConnection<T>(
  database: ConfiguredDatabase,
  catalogue: string | undefined,
  use: Use<T>,
): Promise<T> {
  const signal = AbortSignal.timeout(DEADLINE_MS);
  try {
    const named = catalogue === undefined ? {} : { catalogue };
    await using connection = await database.driver.connect({ ...named, signal });
    return await use(connection, signal);
  } catch (error) {
    if (signal.aborted && error instanceof SqlError) {
      throw failed(`${database.place} did not answer within ${DEADLINE_MS / 1_000} s.`, error);
    }
    const trouble = inPlainWords(database, error, catalogue);
    throw trouble ? failed(trouble.sentence, error) : error;
  }
}
