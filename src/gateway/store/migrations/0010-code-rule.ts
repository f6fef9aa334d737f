import type { Migration } from '../database.ts';

/** Whether a practice wants a pairing code where its kind of software asks for none. */
export const codeRule: Migration = {
  id: 10,
  name: 'code-rule',
  statements: [
    'ALTER TABLE sites ADD COLUMN requires_code BIGINT NOT NULL DEFAULT 0',
    // When the practice said so, by its own clock: an older word never undoes a newer one.
    'ALTER TABLE sites ADD COLUMN requires_code_said_at BIGINT NOT NULL DEFAULT 0',
  ],
};
