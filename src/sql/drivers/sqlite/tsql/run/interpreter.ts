import type { ResultEvent } from '../../../../driver.ts';
import type { SqlError } from '../../../../sql-error.ts';
import { readsVariable } from '../bind/ast-search.ts';
import { bindCondition } from '../bind/bind-condition.ts';
import { bindExpression } from '../bind/bind-expression.ts';
import { bindTopQuery, rootEnvironment } from '../bind/bind-query.ts';
import { quoteName } from '../bind/bound.ts';
import { type SessionState, StatementContext } from '../bind/statement-context.ts';
import type { Catalogue } from '../catalogue.ts';
import type { SqliteDatabase, Stored } from '../database.ts';
import { sqlServerError, unsupported } from '../errors.ts';
import type { Condition, ExecuteStatement, Expression, Query, Statement } from '../parse/ast.ts';
import { parseBatch } from '../parse/parse-statement.ts';
import { convertImplicitly } from '../types/convert.ts';
import { INT, nvarchar, type SqlType } from '../types/sql-type.ts';
import { type BoundChange, tableName } from './change.ts';
import { CommandTransaction } from './command-transaction.ts';
import { changeError } from './constraint-error.ts';
import { createTableSql, selectIntoSql } from './create-table.ts';
import { dropTableSql } from './drop-table.ts';
import { Frame } from './frame.ts';
import { bindInsert } from './insert.ts';
import { planOf, type QueryPlans } from './plans.ts';
import { type ProcedureRunner, runProcedure } from './procedure.ts';
import { raisedError, thrownError } from './raise.ts';
import { resultEvents } from './rows.ts';
import { toSqlError } from './sqlite-error.ts';
import { truncate } from './truncate.ts';
import { bindDelete, bindUpdate } from './update-delete.ts';
import { wait } from './wait.ts';

/** What a statement tells the ones around it. */
type Flow = 'next' | 'break' | 'continue' | 'return';
type Run = Generator<ResultEvent, Flow>;

/** Statements without results of their own. */
type PlainStatement = Exclude<
  Statement,
  {
    kind:
      | 'query'
      | 'insert'
      | 'update'
      | 'delete'
      | 'block'
      | 'if'
      | 'while'
      | 'tryCatch'
      | 'execute'
      | 'executeText';
  }
>;

/** Runs statements one after the other; every statement is bound only when its turn comes. */
export class Interpreter {
  rowsAffected = 0;
  /** What RAISERROR raised outside of TRY: the batch goes on, and fails at its end. */
  raised: SqlError | undefined;
  readonly #database: SqliteDatabase;
  readonly #catalogue: Catalogue;
  readonly #session: SessionState;
  readonly #plans: QueryPlans;
  readonly #transaction: CommandTransaction;
  #identityTable: string | undefined;
  #tryDepth = 0;

  constructor(
    database: SqliteDatabase,
    catalogue: Catalogue,
    session: SessionState,
    plans: QueryPlans,
  ) {
    this.#database = database;
    this.#catalogue = catalogue;
    this.#session = session;
    this.#plans = plans;
    this.#transaction = new CommandTransaction(session, (sql) => this.#exec(sql));
  }

  *run(statements: readonly Statement[], frame: Frame): Run {
    for (const statement of statements) {
      const flow = yield* this.#statement(statement, frame);
      if (flow !== 'next') return flow;
    }
    return 'next';
  }

  /** The value of an expression without rows, as `type` when given. */
  evaluate(expression: Expression, frame: Frame, type?: SqlType): { value: Stored; type: SqlType } {
    const context = this.#context(frame);
    const bound = bindExpression(rootEnvironment(context), expression);
    const converted = type === undefined ? bound : convertImplicitly(context, bound, type);
    return { value: context.evaluate(converted), type: converted.type };
  }

  /** Assigns by T-SQL's rules: converted to the variable's type, text cut without a word. */
  assign(frame: Frame, name: string, expression: Expression): void {
    const variable = frame.variable(name);
    if (variable.isScaleFree) {
      const own = this.evaluate(expression, frame);
      if (own.type.name === 'decimal') {
        variable.type = own.type;
        variable.value = own.value;
        return;
      }
    }
    variable.value = this.evaluate(expression, frame, variable.type).value;
  }

  #context(frame: Frame): StatementContext {
    return new StatementContext(this.#database, this.#catalogue, this.#session, frame.variables);
  }

  #holds(condition: Condition, frame: Frame): boolean {
    const context = this.#context(frame);
    const sql = bindCondition(rootEnvironment(context), condition, bindExpression);
    return context.rows(`SELECT ${sql}`)[0]?.[0] === 1n;
  }

  *#statement(statement: Statement, frame: Frame): Run {
    switch (statement.kind) {
      case 'query':
        yield* this.#query(statement.query, frame);
        return 'next';
      case 'insert':
        yield* this.#change(frame, (context) =>
          bindInsert(context, statement, this.#identityTable),
        );
        return 'next';
      case 'update':
        yield* this.#change(frame, (context) => bindUpdate(context, statement));
        return 'next';
      case 'delete':
        yield* this.#change(frame, (context) => bindDelete(context, statement));
        return 'next';
      case 'block':
        return yield* this.run(statement.statements, frame);
      case 'if':
        return yield* this.#if(statement, frame);
      case 'while':
        return yield* this.#while(statement, frame);
      case 'tryCatch':
        return yield* this.#tryCatch(statement, frame);
      case 'execute':
        yield* this.#execute(statement, frame);
        return 'next';
      case 'executeText':
        yield* this.#executeText(
          String(
            this.evaluate(statement.text, frame, nvarchar(Number.MAX_SAFE_INTEGER)).value ?? '',
          ),
          frame,
        );
        return 'next';
      default:
        return this.#plain(statement, frame);
    }
  }

  #plain(statement: PlainStatement, frame: Frame): Flow {
    switch (statement.kind) {
      case 'declare':
        for (const { name, type, value } of statement.variables) {
          frame.declare(name, type);
          if (value !== undefined) this.assign(frame, name, value);
        }
        return 'next';
      case 'setVariable':
        this.assign(frame, statement.name, statement.value);
        this.#session.rowCount = 1;
        return 'next';
      case 'break':
      case 'continue':
        return statement.kind;
      case 'return':
        if (statement.value !== undefined) {
          const { value } = this.evaluate(statement.value, frame, INT);
          frame.returnValue = typeof value === 'bigint' ? value : 0n;
        }
        return 'return';
      case 'raiseError':
      case 'throw':
        this.#raise(statement.kind, statement.args, frame);
        return 'next';
      case 'use':
        this.#use(statement.catalogue);
        return 'next';
      case 'transaction':
        this.#transaction.take(statement.action);
        return 'next';
      case 'print':
        this.evaluate(statement.value, frame);
        return 'next';
      case 'waitForDelay':
        wait(this.evaluate(statement.delay, frame));
        return 'next';
      case 'noOperation':
      case 'setLanguageOption':
        return 'next';
      default:
        this.#define(statement, frame);
        return 'next';
    }
  }

  #define(
    statement: Extract<
      Statement,
      { kind: 'truncate' | 'createTable' | 'dropTable' | 'setIdentityInsert' }
    >,
    frame: Frame,
  ): void {
    const context = this.#context(frame);
    const current = this.#session.currentCatalogue;
    switch (statement.kind) {
      case 'truncate': {
        const table = this.#catalogue.table(statement.table, current);
        truncate(this.#database, this.#catalogue, table);
        return;
      }
      case 'createTable':
        this.#exec(createTableSql(context, statement));
        return;
      case 'dropTable':
        for (const sql of dropTableSql(context, statement)) this.#exec(sql);
        return;
      case 'setIdentityInsert': {
        const table = this.#catalogue.table(statement.table, current);
        this.#identityTable = statement.isOn
          ? `${table.schema}.${table.name}`.toLowerCase()
          : undefined;
      }
    }
  }

  #exec(sql: string): void {
    try {
      this.#database.exec(sql);
    } catch (error) {
      throw toSqlError(error);
    }
  }

  *#query(query: Query, frame: Frame): Generator<ResultEvent, void> {
    const { body } = query;
    const context = this.#context(frame);
    if (body.kind === 'select' && body.into !== undefined) {
      this.#selectInto(context, query, body.into);
      return;
    }
    const items = body.kind === 'select' ? body.items : [];
    if (items.some((item) => item.kind === 'assign')) {
      if (!items.every((item) => item.kind === 'assign')) throw sqlServerError(141);
      this.#assignFromQuery(context, query, frame);
      return;
    }
    try {
      const { sql, args, columns } = planOf(query, context, this.#plans);
      const prepared = { statement: this.#catalogue.prepare(sql), args };
      this.#session.rowCount = yield* resultEvents(prepared, columns);
    } catch (error) {
      throw toSqlError(error);
    }
  }

  #selectInto(context: StatementContext, query: Query, into: readonly string[]): void {
    const { create, insert } = selectIntoSql(context, query, into);
    this.#exec(create);
    try {
      const { statement, args } = context.prepare(insert);
      this.#countChanges(Number(statement.run(args).changes));
    } catch (error) {
      const table = this.#catalogue.findTable(into, this.#session.currentCatalogue);
      if (table !== undefined) this.#exec(`DROP TABLE ${tableName(table)}`);
      throw toSqlError(error);
    }
  }

  #countChanges(changes: number): void {
    this.#session.rowCount = changes;
    this.rowsAffected += changes;
  }

  /** SELECT @x = …: the last row's values stay; without rows nothing changes. */
  #assignFromQuery(context: StatementContext, query: Query, frame: Frame): void {
    if (query.body.kind !== 'select') return;
    const names = query.body.items.flatMap((item) =>
      item.kind === 'assign' ? [item.variable] : [],
    );
    const assigned = new Set(names.map((name) => name.toLowerCase()));
    const types = names.map((name) => frame.variable(name).type);
    // Row-by-row accumulation would need SQLite to run T-SQL's assignments.
    if (
      (query.body.from.length > 0 || names.length > 1) &&
      readsVariable(
        query.body.items.map((item) => (item.kind === 'assign' ? item.expression : item)),
        assigned,
      )
    ) {
      throw unsupported('SELECT @x = … that reads a variable which it assigns');
    }
    const bound = bindTopQuery(query, rootEnvironment(context));
    const wanted = types.map((type, index) => {
      const own = bound.columns[index]?.type;
      return frame.variable(names[index] ?? '').isScaleFree && own?.name === 'decimal' ? own : type;
    });
    const rows = context.rows(bound.render({ types: wanted }));
    const last = rows.at(-1);
    this.#session.rowCount = rows.length;
    if (last === undefined) return;
    for (const [index, name] of names.entries()) {
      const variable = frame.variable(name);
      variable.type = wanted[index] ?? variable.type;
      variable.value = last[index] ?? null;
    }
  }

  *#change(
    frame: Frame,
    bind: (context: StatementContext) => BoundChange,
  ): Generator<ResultEvent, void> {
    const context = this.#context(frame);
    const change = bind(context);
    try {
      const prepared = context.prepare(change.sql);
      if (change.output.length > 0)
        this.#countChanges(yield* resultEvents(prepared, change.output));
      else this.#countChanges(Number(prepared.statement.run(prepared.args).changes));
    } catch (error) {
      throw changeError(context, change, error);
    }
    if (change.verb === 'INSERT' && this.#session.rowCount > 0) {
      const hasIdentity = change.table.columns.some((column) => column.isIdentity);
      const id = context.rows('SELECT last_insert_rowid()')[0]?.[0];
      this.#session.identity = hasIdentity && typeof id === 'bigint' ? id : null;
    }
  }

  *#if(statement: Extract<Statement, { kind: 'if' }>, frame: Frame): Run {
    if (this.#holds(statement.condition, frame))
      return yield* this.#statement(statement.consequent, frame);
    return statement.otherwise === undefined
      ? 'next'
      : yield* this.#statement(statement.otherwise, frame);
  }

  *#while(statement: Extract<Statement, { kind: 'while' }>, frame: Frame): Run {
    while (this.#holds(statement.condition, frame)) {
      const flow = yield* this.#statement(statement.body, frame);
      if (flow === 'break') break;
      if (flow === 'return') return flow;
    }
    return 'next';
  }

  *#tryCatch(statement: Extract<Statement, { kind: 'tryCatch' }>, frame: Frame): Run {
    const outer = this.#session.caught;
    this.#tryDepth += 1;
    try {
      const flow = yield* this.run(statement.body, frame);
      this.#tryDepth -= 1;
      return flow;
    } catch (error) {
      this.#tryDepth -= 1;
      this.#session.caught = toSqlError(error);
      const flow = yield* this.run(statement.handler, frame);
      this.#session.caught = outer;
      return flow;
    }
  }

  #raise(kind: 'raiseError' | 'throw', args: readonly Expression[], frame: Frame): void {
    const values = args.map((argument) => this.evaluate(argument, frame).value);
    if (kind === 'throw') throw thrownError(values, this.#session.caught);
    const error = raisedError(values);
    if (error === undefined) return;
    if (this.#tryDepth > 0) throw error;
    this.raised ??= error;
  }

  #use(name: string): void {
    const found = this.#catalogue.findName(name);
    if (found === undefined) throw sqlServerError(911, name);
    this.#session.currentCatalogue = found;
  }

  /** Undoes the transaction that the command has left open, if it has. */
  endOwnTransaction(): void {
    this.#transaction.endOwn();
  }

  *#execute(statement: ExecuteStatement, frame: Frame): Generator<ResultEvent, void> {
    yield* runProcedure(this.#runner(), statement, frame);
  }

  #runner(): ProcedureRunner {
    return {
      catalogue: this.#catalogue,
      currentCatalogue: this.#session.currentCatalogue,
      run: (statements, frame) => this.run(statements, frame),
      runIn: (catalogue, statements, frame) => this.#runIn(catalogue, statements, frame),
      evaluate: (expression, frame, type) => this.evaluate(expression, frame, type),
    };
  }

  *#runIn(catalogue: string, statements: readonly Statement[], frame: Frame): Run {
    const before = this.#session.currentCatalogue;
    this.#session.currentCatalogue = catalogue;
    try {
      return yield* this.run(statements, frame);
    } finally {
      this.#session.currentCatalogue = before;
    }
  }

  *#executeText(text: string, frame: Frame): Generator<ResultEvent, void> {
    yield* this.run(parseBatch(text), new Frame(frame.depth + 1));
  }

  /** Temporary tables live as long as their batch: connections are shared by many. */
  dropTemporaryTables(): void {
    for (const table of this.#catalogue.temporaryTables().values()) {
      this.#exec(`DROP TABLE temp.${quoteName(table.name)}`);
    }
  }
}
