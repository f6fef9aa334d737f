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
  // Registered queries as long as the gateway has them. What changes with each run stands apart from the command.
  `CREATE TABLE registered_queries (
    query_id TEXT PRIMARY KEY,
    integrator_id TEXT NOT NULL,
    catalogue TEXT,
    command TEXT NOT NULL,
    start_at INTEGER NOT NULL,
    frequency_ms INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    execution_limit_ms INTEGER NOT NULL,
    max_result_bytes INTEGER NOT NULL,
    may_write INTEGER NOT NULL
  );
  CREATE TABLE registered_progress (query_id TEXT PRIMARY KEY, progress TEXT NOT NULL);
  CREATE TABLE registered_results (
    query_id TEXT PRIMARY KEY,
    run_number INTEGER NOT NULL,
    hash TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    row_count INTEGER NOT NULL,
    parameters TEXT,
    body TEXT NOT NULL
  )`,
];
