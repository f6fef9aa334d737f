import type { Migration } from '../database.ts';

/**
 * Registered queries: one row each, which is also the snapshot of its runs. `command IS NOT NULL` says that it is still
 * kept: a day after the end everything of the practice is erased, and ids, counts, codes and times stay.
 */
export const registeredQueries: Migration = {
  id: 7,
  name: 'registered-queries',
  statements: [
    // A small result stands in `result_data`, a larger one in the blob store at `result_key`.
    // `runs_over`: the site has made the last run that was due; the query completes when its time is over.
    `CREATE TABLE registered_queries (
      id TEXT PRIMARY KEY,
      integrator_id TEXT NOT NULL,
      site_id TEXT NOT NULL,
      device_id TEXT,
      name TEXT,
      status TEXT NOT NULL,
      frequency_s BIGINT NOT NULL,
      duration_s BIGINT NOT NULL,
      catalogue TEXT,
      command TEXT,
      request_size BIGINT NOT NULL,
      created_at BIGINT NOT NULL,
      end_at BIGINT NOT NULL,
      completed_at BIGINT,
      is_pending BIGINT NOT NULL,
      runs_over BIGINT NOT NULL,
      run_number BIGINT NOT NULL,
      succeeded_count BIGINT NOT NULL,
      failed_count BIGINT NOT NULL,
      result_size_sum BIGINT NOT NULL,
      last_execution_ms BIGINT NOT NULL,
      last_succeeded_at BIGINT,
      last_failed_at BIGINT,
      error_type TEXT,
      error_code BIGINT,
      error_message TEXT,
      last_hash TEXT,
      result_run BIGINT NOT NULL,
      result_key TEXT,
      result_data TEXT,
      result_size BIGINT,
      result_rows BIGINT,
      result_parameters TEXT,
      erase_at BIGINT
    )`,
    `CREATE INDEX registered_queries_kept ON registered_queries (site_id, integrator_id, status)
      WHERE command IS NOT NULL`,
    // What the link has not yet confirmed: that it keeps the query, or that it has dropped a cancelled one.
    'CREATE INDEX registered_queries_pending ON registered_queries (site_id, id) WHERE is_pending = 1',
    "CREATE INDEX registered_queries_enabled ON registered_queries (end_at) WHERE status = 'enabled'",
    `CREATE INDEX registered_queries_to_erase ON registered_queries (erase_at)
      WHERE erase_at IS NOT NULL`,
    // Whose queries are cancelled, with no look at all those that go on.
    `CREATE INDEX pairings_ended ON pairings (integrator_id, site_id) WHERE ended_at IS NOT NULL`,
    // A changed result that its link may upload, once.
    `CREATE TABLE registered_uploads (
      query_id TEXT PRIMARY KEY,
      token_hash TEXT NOT NULL,
      run_number BIGINT NOT NULL,
      hash TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      size BIGINT NOT NULL,
      row_count BIGINT NOT NULL,
      parameters TEXT
    )`,
  ],
};
