import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Value } from '../../protocol/values.ts';
import { SqlError } from '../../sql/sql-error.ts';
import type { ConfiguredDatabase } from '../database/open-database.ts';
import { inPlainWords } from './connection-words.ts';

const DEADLINE_MS = 30_000;

const failed = (sentence: string, cause?: unknown) =>
  new ParhelionError('configInvalid', sentence, { cause });

/** More rows than any list of databases has. */
const MAX_ROWS = 1_000;

/**
 * The rows of one statement, on a connection of its own.
 *
 * @param what how messages call it
 * @throws ParhelionError that says in plain words what is wrong
 */
export async function readRows(
  database: ConfiguredDatabase,
  catalogue: string | undefined,
  text: string,
  what: string,
  maxRows = MAX_ROWS,
): Promise<(readonly Value[])[]> {
  return withConnection(database, catalogue, async (connection, signal) => {
    const rows: (readonly Value[])[] = [];
    let resultSets = 0;
    try {
      const command = { text, type: 'text', parameters: [] } as const;
      for await (const event of connection.execute(command, { signal })) {
        if (event.kind === 'columns') resultSets += 1;
        if (event.kind === 'rows' && resultSets === 1) rows.push(...event.rows);
        if (rows.length > maxRows) throw failed(`The ${what} gives too many rows.`);
      }
    } catch (error) {
      if (!(error instanceof SqlError) || error.kind === 'connection') throw error;
      const said = error.kind === 'cancelled' ? 'it took too long.' : error.message;
      throw failed(`The ${what} failed: ${said}`, error);
    }
    return rows;
  });
}

type Use<T> = (
  connection: Awaited<ReturnType<ConfiguredDatabase['driver']['connect']>>,
  signal: AbortSignal,
) => Promise<T>;

/** Connects once and uses it. @throws ParhelionError that says in plain words what is wrong */
export async function withConnection<T>(
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
