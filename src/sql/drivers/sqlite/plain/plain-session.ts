import type Database from 'libsql';
import { canonicalInteger } from '../../../../protocol/value-grammar.ts';
import type { Value } from '../../../../protocol/values.ts';
import type { Column } from '../../../columns.ts';
import type { ResultEvent, SqlCommand } from '../../../driver.ts';
import { type ConstraintKind, SqlError } from '../../../sql-error.ts';
import type { TransactionStep } from '../messages.ts';
import { READ_ONLY_MESSAGE, setReadOnly } from '../open-database.ts';
import type { SqliteSession } from '../session.ts';
import { SessionTransaction } from '../session-transaction.ts';
import { rowsOf } from '../statement-rows.ts';
import { type BoundValue, bindParameters, requireParameters } from './bind-parameters.ts';
import { type Statement, splitStatements } from './split-statements.ts';

/** SQLite's primary result codes count from here in `errorCode`: 50019 is SQLITE_CONSTRAINT. */
const SQLITE_ERRORS_FROM = 50_000;

/** These would change the connection for the commands after, or reach files outside the catalogues. */
const REFUSED = new Set(['ATTACH', 'DETACH', 'PRAGMA', 'VACUUM']);

/** These would end the transaction that the command runs in, or be ended with it. */
const TRANSACTION_CONTROL = new Set(['BEGIN', 'COMMIT', 'END', 'RELEASE', 'ROLLBACK', 'SAVEPOINT']);

/** SQLite's extended result codes. */
const CONSTRAINTS: Readonly<Record<number, ConstraintKind>> = {
  275: 'check',
  787: 'foreignKey',
  1299: 'notNull',
  1555: 'unique',
  2067: 'unique',
  2579: 'unique',
};

function sqlError(error: unknown): SqlError {
  if (error instanceof SqlError) return error;
  const { message, rawCode = 1 } = error as { message: string; rawCode?: number };
  const code = SQLITE_ERRORS_FROM + (rawCode & 0xff);
  const kind = message === READ_ONLY_MESSAGE ? 'readOnly' : 'statement';
  return new SqlError(kind, 'mssql', code, message, {
    cause: error,
    constraint: CONSTRAINTS[rawCode],
  });
}

function columnOf({ name, type }: { name: string; type: string | null }): Column {
  return { name, type: /^(?:bit|bool|boolean)$/i.test(type ?? '') ? 'bit' : 'variant' };
}

function valueOf(raw: BoundValue, column: Column): Value {
  if (typeof raw !== 'bigint') return raw;
  if (column.type === 'bit' && (raw === 0n || raw === 1n)) return raw === 1n;
  return canonicalInteger(raw);
}

/** SQLite's own dialect over one open database. Columns are `variant`, for SQLite types values, not columns. */
class PlainSession implements SqliteSession {
  readonly #database: Database.Database;
  readonly #transaction: SessionTransaction;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#transaction = new SessionTransaction(database);
  }

  setReadOnly(isReadOnly: boolean): void {
    setReadOnly(this.#database, isReadOnly);
  }

  *run(command: SqlCommand): Generator<ResultEvent, void, void> {
    if (command.type === 'storedProcedure') {
      const message = `Could not find stored procedure '${command.text}'.`;
      throw new SqlError('statement', 'mssql', 2812, message);
    }
    this.#transaction.requireAlive();
    const bound = bindParameters(command.parameters);
    let rowsAffected = 0;
    try {
      for (const statement of splitStatements(command.text)) {
        rowsAffected += yield* this.#runOne(statement, bound);
      }
    } catch (error) {
      throw sqlError(error);
    } finally {
      const isOwn = this.#database.inTransaction && !this.#transaction.isOpen;
      if (isOwn) this.#database.exec('ROLLBACK');
    }
    yield { kind: 'done', rowsAffected, outputParameters: [] };
  }

  step(step: TransactionStep): void {
    try {
      this.#transaction.take(step);
    } catch (error) {
      throw sqlError(error);
    }
  }

  close(): void {
    this.#database.close();
  }

  *#runOne(
    statement: Statement,
    bound: Record<string, BoundValue>,
  ): Generator<ResultEvent, number, void> {
    const verb = statement.tokens[0]?.text ?? '';
    if (REFUSED.has(verb)) {
      throw new SqlError('statement', 'mssql', SQLITE_ERRORS_FROM, `${verb} is not allowed here.`);
    }
    if (this.#transaction.isOpen && TRANSACTION_CONTROL.has(verb)) {
      const message = `${verb} is not allowed inside a transaction.`;
      throw new SqlError('statement', 'mssql', SQLITE_ERRORS_FROM, message);
    }
    requireParameters(statement, bound);
    const before = this.#changes();
    const prepared = this.#database.prepare(statement.text).safeIntegers(true);
    if (prepared.reader) {
      const columns = prepared.columns().map(columnOf);
      yield { kind: 'columns', columns };
      for (const batch of rowsOf<BoundValue[]>(prepared, bound)) {
        yield {
          kind: 'rows',
          rows: batch.map((row) => row.map((raw, index) => valueOf(raw, columns[index] as Column))),
        };
      }
    } else {
      prepared.run(bound);
    }
    const after = this.#changes();
    return after.total === before.total ? 0 : after.last;
  }

  /** `last` stays from an earlier statement when one changes nothing; `total` tells whether it did. */
  #changes(): { last: number; total: number } {
    const counts = this.#database.prepare('SELECT changes() AS last, total_changes() AS total');
    return counts.get() as { last: number; total: number };
  }
}

/** Opens a session that speaks SQLite's own SQL. */
export function openPlainSession(database: Database.Database): SqliteSession {
  return new PlainSession(database);
}
