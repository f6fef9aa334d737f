import type { CaseId } from './cases.ts';
import type { ExpectedError, Supported } from './expectations.ts';

type TransactionCase =
  | 'commit'
  | 'rollback'
  | 'disposal'
  | 'failureInside'
  | 'sameRow'
  | 'lostBeforeCommit'
  | 'readOnlyInside'
  | 'leftOpen';

function inserting(id: number, stays: boolean): Supported {
  return {
    command: { text: `INSERT INTO CHANGES (ID, T) VALUES (${id}, 'tx')` },
    rowsAffected: 1,
    after: {
      text: `SELECT ID FROM CHANGES WHERE ID = ${id}`,
      rows: stays ? `[{"ID":${id}}]` : '[]',
    },
  };
}

/** The cases of transactions: their texts are every engine's. */
export function transactionCases(
  duplicate: ExpectedError,
  readOnly: ExpectedError,
  readOnlyNote: string,
): Readonly<Record<Extract<CaseId, TransactionCase>, Supported>> {
  return {
    commit: inserting(200, true),
    rollback: inserting(201, false),
    disposal: inserting(202, false),
    failureInside: { ...inserting(203, true), error: duplicate },
    sameRow: {
      command: { text: "UPDATE BOOKINGS SET STATUS = 'B' WHERE ID = 1 AND STATUS = 'F'" },
      after: { text: 'SELECT STATUS AS S FROM BOOKINGS WHERE ID = 1', rows: '[{"S":"B"}]' },
    },
    lostBeforeCommit: inserting(204, false),
    readOnlyInside: { ...inserting(205, true), error: readOnly, note: readOnlyNote },
    leftOpen: inserting(206, false),
  };
}
