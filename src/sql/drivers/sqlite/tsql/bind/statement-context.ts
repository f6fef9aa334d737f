import type { SqlError } from '../../../../sql-error.ts';
import type { Catalogue } from '../catalogue.ts';
import type { SqliteDatabase, SqliteStatement, Stored } from '../database.ts';
import { sqlServerError, unsupported } from '../errors.ts';
import { toSqlError } from '../run/sqlite-error.ts';
import { INT, type SqlType } from '../types/sql-type.ts';
import { type Bound, quoteText } from './bound.ts';
import { forgetChains } from './once.ts';

/** A variable of the batch or procedure: its declared type and its stored value. */
export interface Variable {
  readonly type: SqlType;
  value: Stored;
}

/** What outlives a statement and its expressions can ask for. */
export interface SessionState {
  readonly serverName: string;
  readonly version: string;
  readonly timeZone: string | undefined;
  readonly clock: () => Date;
  currentCatalogue: string;
  rowCount: number;
  identity: bigint | null;
  transactionDepth: number;
  /** The error that the running CATCH block handles. */
  caught: SqlError | undefined;
}

/** SQL text whose parameters are numbered, with their values. */
export interface Rendered {
  readonly sql: string;
  readonly args: readonly Stored[];
}

/** Private-use characters that the lexer lets into no name. */
const MARK = '\ue000';
const PLACEHOLDER = /\ue000(\d+)\ue000/g;

/** Fewer than SQLite's limit; the values of a longer list stand in the text. */
const MAX_PARAMETERS = 32_000;

function literalSql(value: Stored): string {
  if (typeof value === 'string') return quoteText(value);
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`;
  return value === null ? 'NULL' : String(value);
}

/** One statement's translation: its parameters, its aliases, its view of variables and of the schema. */
export class StatementContext {
  readonly database: SqliteDatabase;
  readonly catalogue: Catalogue;
  readonly #session: SessionState;
  readonly #variables: ReadonlyMap<string, Variable>;
  readonly #now: Date;
  #isReusable = true;
  readonly #values: Stored[] = [];
  readonly #indexByValue = new Map<string, number>();
  #aliases = 0;

  constructor(
    database: SqliteDatabase,
    catalogue: Catalogue,
    session: SessionState,
    variables: ReadonlyMap<string, Variable>,
  ) {
    this.database = database;
    this.catalogue = catalogue;
    this.#session = session;
    this.#variables = variables;
    this.#now = session.clock();
    forgetChains();
  }

  /** Whether the translation holds for a later run too: it has asked for nothing that may be different then. */
  get isReusable(): boolean {
    return this.#isReusable;
  }

  get currentCatalogue(): string {
    return this.#session.currentCatalogue;
  }

  get session(): SessionState {
    this.#isReusable = false;
    return this.#session;
  }

  get variables(): ReadonlyMap<string, Variable> {
    this.#isReusable = false;
    return this.#variables;
  }

  get now(): Date {
    this.#isReusable = false;
    return this.#now;
  }

  alias(prefix: string): string {
    this.#aliases += 1;
    return `${prefix}${this.#aliases}`;
  }

  /** Equal values share a parameter, so that equal expressions have equal texts. */
  parameter(value: Stored): string {
    // SQLite's text ends at the first NUL, and holds no half of a surrogate pair.
    if (typeof value === 'string' && /\0|\p{Surrogate}/u.test(value)) {
      throw unsupported('texts with the character U+0000 or a lone surrogate');
    }
    const key =
      value instanceof Uint8Array
        ? `b${Buffer.from(value).toString('base64')}`
        : `${typeof value}${value}`;
    let index = this.#indexByValue.get(key);
    if (index === undefined) {
      index = this.#values.push(value) - 1;
      this.#indexByValue.set(key, index);
    }
    return `${MARK}${index}${MARK}`;
  }

  constant(value: Stored, type: SqlType): Bound {
    return { sql: this.parameter(value), type, isSimple: true, isConstant: true, known: { value } };
  }

  variable(name: string): Variable {
    const variable = this.variables.get(name.toLowerCase());
    if (variable === undefined) throw sqlServerError(137, name);
    return variable;
  }

  render(sql: string): Rendered {
    const args: Stored[] = [];
    const numbers = new Map<string, number>();
    const text = sql.replaceAll(PLACEHOLDER, (_, index: string) => {
      let number = numbers.get(index);
      if (number === undefined) {
        const value = this.#values[Number(index)] ?? null;
        if (args.length >= MAX_PARAMETERS) return literalSql(value);
        number = args.push(value);
        numbers.set(index, number);
      }
      return `?${number}`;
    });
    return { sql: text, args };
  }

  prepare(sql: string): { statement: SqliteStatement; args: readonly Stored[] } {
    const rendered = this.render(sql);
    return { statement: this.catalogue.prepare(rendered.sql), args: rendered.args };
  }

  /** All rows of a query of the engine's own making; integers come as bigint. */
  rows(sql: string): Stored[][] {
    this.#isReusable = false;
    return this.#rowsOf(sql);
  }

  #rowsOf(sql: string): Stored[][] {
    try {
      const { statement, args } = this.prepare(sql);
      return statement.raw(true).safeIntegers(true).all(args) as Stored[][];
    } catch (error) {
      throw toSqlError(error);
    }
  }

  /** The value of a constant expression, computed by SQLite itself. */
  evaluate(bound: Bound): Stored {
    return bound.known === undefined
      ? (this.#rowsOf(`SELECT ${bound.sql}`)[0]?.[0] ?? null)
      : bound.known.value;
  }

  /** The same with its value known, if it is constant; an expression that fails is left to fail when it runs. */
  fold(bound: Bound): Bound {
    if (!bound.isConstant || bound.known !== undefined) return bound;
    try {
      return this.constant(this.evaluate(bound), bound.type);
    } catch {
      return bound;
    }
  }

  integer(value: number | bigint, type: SqlType = INT): Bound {
    return this.constant(BigInt(value), type);
  }
}
