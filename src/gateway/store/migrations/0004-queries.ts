import type { Migration } from '../database.ts';

/**
 * Immediate, FHIR and async queries. `command`, `result_parameters` and `error_message` hold the practice's data:
 * they are emptied at `erase_at`. The partial indexes cost finished records without such data nothing.
 */
export const queries: Migration = {
  id: 4,
  name: 'queries',
  statements: [
    `CREATE TABLE queries (
      id TEXT PRIMARY KEY,
      integrator_id TEXT NOT NULL,
      site_id TEXT NOT NULL,
      device_id TEXT,
      mode TEXT NOT NULL,
      status TEXT NOT NULL,
      catalogue TEXT,
      command TEXT,
      max_time_in_queue BIGINT,
      command_size BIGINT,
      request_size BIGINT,
      created_at BIGINT NOT NULL,
      updated_at BIGINT NOT NULL,
      completed_at BIGINT,
      initialising_at BIGINT,
      initialising_ended_at BIGINT,
      queued_at BIGINT,
      queued_ended_at BIGINT,
      executing_at BIGINT,
      executing_ended_at BIGINT,
      downloading_at BIGINT,
      downloading_ended_at BIGINT,
      uploading_at BIGINT,
      uploading_ended_at BIGINT,
      sql_execution_ms DOUBLE PRECISION,
      row_count BIGINT,
      rows_affected BIGINT,
      result_size BIGINT,
      result_parameters TEXT,
      error_type TEXT,
      error_code BIGINT,
      error_message TEXT,
      erase_at BIGINT
    )`,
    'CREATE INDEX queries_unfinished ON queries (site_id, id) WHERE completed_at IS NULL',
    'CREATE INDEX queries_to_erase ON queries (erase_at) WHERE erase_at IS NOT NULL',
  ],
};
