import type { Clock } from '../../lib/clock.ts';
import type { Database, Session } from '../store/index.ts';
import type { PageStore } from './page-store.ts';

interface DueRow {
  readonly id: string;
  readonly site_id: string;
  readonly mode: string;
}

const BATCH = 200;

/**
 * Erases the practice's data of queries whose time is over: pages and their hashes, output parameters, error texts
 * (contract §11). Ids, sizes, counts, codes and times stay. Resolves to the number of queries.
 */
export async function eraseDue(
  database: Database,
  clock: Clock,
  pages: PageStore,
): Promise<number> {
  let erased = 0;
  for (;;) {
    const due = await database.all<DueRow>(
      'SELECT id, site_id, mode FROM queries WHERE erase_at <= ? ORDER BY erase_at LIMIT ?',
      [clock.now(), BATCH],
    );
    for (const { id, site_id, mode } of due) {
      // The bytes go first: after a crash between the two the row still says what to erase.
      if (mode === 'async') await pages.erase(site_id, id);
    }
    if (due.length > 0) await database.transaction((session) => eraseFields(session, due));
    erased += due.length;
    if (due.length < BATCH) return erased;
  }
}

async function eraseFields(session: Session, due: readonly DueRow[]): Promise<void> {
  const ids = due.map(({ id }) => id);
  const places = ids.map(() => '?').join(', ');
  await session.run(
    `UPDATE query_pages SET sha256 = '', upload_token_hash = NULL WHERE query_id IN (${places})`,
    ids,
  );
  await session.run(
    `UPDATE queries SET command = NULL, result_parameters = NULL, error_message = NULL, erase_at = NULL
     WHERE id IN (${places})`,
    ids,
  );
}
