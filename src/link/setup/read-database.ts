import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Value } from '../../protocol/values.ts';
import type { CatalogueAnswer } from '../../sql/engine.ts';
import type { ConfiguredDatabase } from '../database/open-database.ts';
import { readRows, withConnection } from './read-rows.ts';
import type { SystemFile } from './system-file.ts';

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
    const [first] = await readRows(database, source.catalogue, source.query, `query ${what}`);
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
  const rows = await readRows(database, undefined, query, 'query metadata.catalogues');
  const catalogues = rows.map((row, index) => {
    const location = textOf(row[1]);
    return { name: textOf(row[0]), ...(location && { location }), isDefault: index === 0 };
  });
  if (catalogues.length > 0) return catalogues;
  throw failed('The query metadata.catalogues gave no row: this server has no such database.');
}

const textOf = (value: Value | undefined) =>
  value === null || value === undefined || value instanceof Uint8Array ? '' : String(value).trim();
