/**
 * The steps that lead from an empty file to the journal's schema, in order; the file knows how many it has had. A
 * released step is never edited: what is new comes as one more at the end.
 */
export const JOURNAL_STEPS: readonly string[] = [
  // Async queries from the moment that the site has them until the gateway has heard of their end.
  `CREATE TABLE async_queries (
    sequence INTEGER PRIMARY KEY,
    query_id TEXT NOT NULL UNIQUE,
    integrator_id TEXT NOT NULL,
    catalogue TEXT,
    command TEXT NOT NULL,
    page_bytes INTEGER NOT NULL,
    execution_limit_ms INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    facts TEXT NOT NULL
  )`,
];
