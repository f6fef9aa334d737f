import type { Migration } from '../database.ts';

/**
 * The course of an async query and its result pages. Pages hold no data of the practice, only numbers: the bytes are
 * in the blob store.
 */
export const asyncQueries: Migration = {
  id: 5,
  name: 'async-queries',
  statements: [
    // When its time in the queue is over.
    'ALTER TABLE queries ADD COLUMN expires_at BIGINT',
    // 1: accepted although the site is away, and so not ended by the site's absence.
    'ALTER TABLE queries ADD COLUMN waits_for_site BIGINT NOT NULL DEFAULT 0',
    // The run that the pages belong to; 0 before the first.
    'ALTER TABLE queries ADD COLUMN attempt BIGINT NOT NULL DEFAULT 0',
    'ALTER TABLE queries ADD COLUMN may_write BIGINT NOT NULL DEFAULT 1',
    // 1: somebody has read a page of this attempt, so that another run must not replace it.
    'ALTER TABLE queries ADD COLUMN pages_served BIGINT NOT NULL DEFAULT 0',
    // For what looks every second for queries whose time is over, and for sites with work: a row behind its command may
    // be megabytes long, and is not read for it. `updated_at` changes with the status only.
    `CREATE INDEX queries_due ON queries (status, site_id, expires_at, waits_for_site, updated_at)
      WHERE completed_at IS NULL`,
    `CREATE TABLE query_pages (
      query_id TEXT NOT NULL,
      page_number BIGINT NOT NULL,
      attempt BIGINT NOT NULL,
      status TEXT NOT NULL,
      size BIGINT NOT NULL,
      row_count BIGINT NOT NULL,
      range_start BIGINT NOT NULL,
      sha256 TEXT NOT NULL,
      upload_token_hash TEXT,
      PRIMARY KEY (query_id, page_number)
    )`,
  ],
};
