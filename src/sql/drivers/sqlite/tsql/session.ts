import type { OutputParameter, ResultEvent, SqlCommand, SqlParameter } from '../../../driver.ts';
import type { SessionState } from './bind/statement-context.ts';
import { Catalogue } from './catalogue.ts';
import type { SqliteDatabase } from './database.ts';
import type { ExecuteStatement, Statement } from './parse/ast.ts';
import { Frame } from './run/frame.ts';
import { Interpreter } from './run/interpreter.ts';
import { ParsedBatches, type QueryPlans } from './run/plans.ts';
import { toSqlError } from './run/sqlite-error.ts';
import { decoderOf, parameterType, storedOf } from './run/values.ts';
import { columnTypeOf } from './types/sql-type.ts';

/** T-SQL over one SQLite connection. */
export interface TsqlSession {
  /**
   * Runs a command; statements run as the consumer pulls. Throws `SqlError`s with SQL Server's numbers. Variables,
   * temporary tables, USE and a transaction of the command's own end with it; one that is open around it, as
   * `isInTransaction` says, stays.
   */
  run(command: SqlCommand, isInTransaction?: boolean): Iterable<ResultEvent>;
}

export interface TsqlSessionOptions {
  /** The name of the connection's main database; the others are attached under theirs. */
  readonly catalogue: string;
  readonly clock?: (() => Date) | undefined;
  /** IANA name of the practice's time zone; the process's own when left out. */
  readonly timeZone?: string | undefined;
  readonly serverName?: string | undefined;
}

const VERSION =
  'Microsoft SQL Server 2022 (RTM) - 16.0.1000.6 (X64) (demo practice: T-SQL over SQLite)';

export function openTsqlSession(
  database: SqliteDatabase,
  options: TsqlSessionOptions,
): TsqlSession {
  const catalogue = new Catalogue(database, options.catalogue);
  const plans: QueryPlans = new WeakMap();
  const batches = new ParsedBatches();
  const session: SessionState = {
    serverName: options.serverName ?? 'DEMO',
    version: VERSION,
    timeZone: options.timeZone,
    clock: options.clock ?? (() => new Date()),
    currentCatalogue: options.catalogue,
    rowCount: 0,
    identity: null,
    transactionDepth: 0,
    caught: undefined,
  };
  return {
    *run(command, isInTransaction = false) {
      Object.assign(session, {
        transactionDepth: isInTransaction ? 1 : 0,
        currentCatalogue: options.catalogue,
        rowCount: 0,
        identity: null,
        caught: undefined,
      });
      const interpreter = new Interpreter(database, catalogue, session, plans);
      try {
        yield* runCommand(interpreter, command, batches);
      } catch (error) {
        throw toSqlError(error);
      } finally {
        interpreter.endOwnTransaction();
        interpreter.dropTemporaryTables();
      }
    },
  };
}

/** A text that is only a procedure's name, qualified or not. */
const BARE_NAME =
  /^\s*(?:[\p{L}_][\w$#@]*|\[[^\]]+\]|"[^"]+")(?:\s*\.\s*(?:[\p{L}_][\w$#@]*|\[[^\]]+\]|"[^"]+")?)*\s*;?\s*$/u;

function* runCommand(
  interpreter: Interpreter,
  command: SqlCommand,
  batches: ParsedBatches,
): Generator<ResultEvent> {
  const frame = new Frame(0);
  for (const parameter of command.parameters) declareParameter(frame, parameter);
  const statements = statementsOf(command, batches);
  yield* interpreter.run(statements, frame);
  if (interpreter.raised !== undefined) throw interpreter.raised;
  interpreter.endOwnTransaction();
  yield {
    kind: 'done',
    rowsAffected: interpreter.rowsAffected,
    outputParameters: command.parameters.flatMap((parameter) => outputOf(frame, parameter)),
  };
}

const RETURN_VARIABLE = '@return value';

function declareParameter(frame: Frame, parameter: SqlParameter): void {
  const type = parameterType(parameter);
  if (parameter.direction === 'returnValue') {
    if (!frame.variables.has(RETURN_VARIABLE)) frame.declare(RETURN_VARIABLE, { name: 'int' });
    return;
  }
  const isScaleFree = type.name === 'decimal' && parameter.direction !== 'input';
  frame.declare(parameter.name, type, storedOf(parameter.value, type), isScaleFree);
}

/** A procedure called by name gets the command's parameters as named arguments. */
function statementsOf(command: SqlCommand, batches: ParsedBatches): readonly Statement[] {
  const isProcedure = command.type === 'storedProcedure';
  const statements = batches.parse(isProcedure ? `EXEC ${command.text}` : command.text);
  const [first] = statements;
  if (first?.kind !== 'execute' || (!isProcedure && !BARE_NAME.test(command.text)))
    return statements;
  const own = command.parameters.filter((parameter) => parameter.direction !== 'returnValue');
  const args = own.map((parameter): ExecuteStatement['args'][number] => ({
    name: parameter.name,
    value: { kind: 'variable', name: parameter.name },
    isOutput: parameter.direction !== 'input',
  }));
  const wantsReturn = command.parameters.some((parameter) => parameter.direction === 'returnValue');
  const call: ExecuteStatement = wantsReturn
    ? { ...first, args, returnVariable: RETURN_VARIABLE }
    : { ...first, args };
  return [call, ...statements.slice(1)];
}

function outputOf(frame: Frame, parameter: SqlParameter): OutputParameter[] {
  if (parameter.direction === 'input') return [];
  const { type, value } = frame.variable(
    parameter.direction === 'returnValue' ? RETURN_VARIABLE : parameter.name,
  );
  return [{ name: parameter.name, type: columnTypeOf(type), value: decoderOf(type)(value) }];
}
