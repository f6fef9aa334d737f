import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { JournalFile } from './journal-file.ts';
import { RegisteredJournal } from './registered-journal.ts';

const PROGRESS = {
  nextIndex: 0,
  runNumber: 0,
  succeededCount: 0,
  failedCount: 0,
  resultSizeSum: 0,
  lastExecutionMs: 0,
};

test('once the last query is erased, no trace of its command is left in the files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parhelion-journal-'));
  {
    using file = new JournalFile(join(folder, 'journal.db'));
    const journal = new RegisteredJournal(file);
    const order = {
      queryId: 'q1',
      integratorId: 'i1',
      catalogue: undefined,
      command: { text: "SELECT 1 WHERE Surname = 'Zebediah'" },
      startAt: 0,
      frequencyMs: 60_000,
      durationMs: 120_000,
      executionLimitMs: 60_000,
      maxResultBytes: 1_000,
    };
    await journal.add(order, false, PROGRESS);
    const bytes = () =>
      readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), 'latin1'))
        .join();
    expect(bytes()).toContain('Zebediah');
    await journal.erase('q1');
    expect(bytes()).not.toContain('Zebediah');
  }
  rmSync(folder, { recursive: true });
});
