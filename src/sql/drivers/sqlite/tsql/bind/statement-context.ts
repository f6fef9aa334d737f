import type { SqlError } from '../../../../sql-error.ts';
import type { Catalogue } from '../catalogue.ts';
import type { SqliteDatabase, SqliteStatement, Stored } from '../database.ts';
import { sqlServerError, unsupported } from '../errors.ts';
import { toSqlError } from '../run/sqlite-error.ts';
import { INT, type SqlType } from '../types/sql-type.ts';
import { type Bound, quoteText } from './bound.ts';
import { InternedOrigins, isSameQuestion } from './interned-origins.ts';
import { ITSELF, Known, type Origin, type Question, Values } from './known.ts';
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

/** SQL text whose parameters are numbered, with the origins of their values. */
export interface Rendered {
  readonly sql: string;
  readonly origins: readonly Origin[];
}

/** Private-use characters that the lexer lets into no name. */
const MARK = '\ue000';
const LONE_PLACEHOLDER = /^\ue000(\d+)\ue000$/;
const PLACEHOLDER = /\ue000(\d+)\ue000/g;

/** Fewer than SQLite's limit; the values of a longer list stand in the text. */
const MAX_PARAMETERS = 32_000;

function literalSql(value: Stored): string {
  if (typeof value === 'string') return quoteText(value);
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`;
  return value === null ? 'NULL' : String(value);
}

/** SQLite's text ends at the first NUL, and holds no half of a surrogate pair. */
function storable(value: Stored): Stored {
  if (typeof value === 'string' && /\0|\p{Surrogate}/u.test(value)) {
    throw unsupported('texts with the character U+0000 or a lone surrogate');
  }
  return value;
}

/** One statement's translation: its parameters, its aliases, its view of variables and of the schema. */
export class StatementContext {
  readonly database: SqliteDatabase;
  readonly catalogue: Catalogue;
  readonly #session: SessionState;
  readonly #variables: ReadonlyMap<string, Variable>;
  readonly #values: Values;
  readonly #origins = new InternedOrigins();
  readonly #questions: Question[] = [];
  readonly #now: Date;
  #isReusable = true;
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
    this.#values = new Values({
      variable: (name) => storable(this.#variable(name).value),
      variableType: (name) => JSON.stringify(this.#variable(name).type),
      prepare: (sql) => catalogue.prepare(sql),
    });
    this.#now = session.clock();
    forgetChains();
  }

  /** What the translation rests on beside the schema; undefined when it holds for this run only. */
  get questions(): readonly Question[] | undefined {
    return this.#isReusable ? this.#questions : undefined;
  }

  /** The values of this run. */
  get values(): Values {
    return this.#values;
  }

  get currentCatalogue(): string {
    return this.#session.currentCatalogue;
  }

  get session(): SessionState {
    this.holdsOnce();
    return this.#session;
  }

  get now(): Date {
    this.holdsOnce();
    return this.#now;
  }

  /** The translation asks for something that may be different in the next run. */
  holdsOnce(): void {
    this.#isReusable = false;
  }

  alias(prefix: string): string {
    this.#aliases += 1;
    return `${prefix}${this.#aliases}`;
  }

  /** Equal values share a parameter, so that equal expressions have equal texts. */
  parameter(value: Stored): string {
    return this.#parameterOf({ kind: 'literal', value: storable(value) });
  }

  constant(value: Stored, type: SqlType): Bound {
    return this.#constantOf({ kind: 'literal', value: storable(value) }, type);
  }

  variable(name: string): Bound {
    const key = name.toLowerCase();
    const { type } = this.#variable(key);
    const origin: Origin = { kind: 'variable', name: key };
    const about: Origin = { kind: 'variableType', name: key };
    this.#note({ about, by: ITSELF, answer: JSON.stringify(type) });
    return this.#constantOf(origin, type);
  }

  render(sql: string): Rendered {
    const origins: Origin[] = [];
    const numbers = new Map<string, number>();
    const text = sql.replaceAll(PLACEHOLDER, (_, index: string) => {
      let number = numbers.get(index);
      if (number === undefined) {
        const origin = this.#origins.at(Number(index));
        if (origins.length >= MAX_PARAMETERS) return this.#literal(origin);
        number = origins.push(origin);
        numbers.set(index, number);
      }
      return `?${number}`;
    });
    return { sql: text, origins };
  }

  prepare(sql: string): { statement: SqliteStatement; args: readonly Stored[] } {
    const { sql: text, origins } = this.render(sql);
    const args = origins.map((origin) => this.#values.of(origin));
    return { statement: this.catalogue.prepare(text), args };
  }

  /** All rows of a query of the engine's own making; integers come as bigint. */
  rows(sql: string): Stored[][] {
    this.holdsOnce();
    try {
      const { statement, args } = this.prepare(sql);
      return statement.raw(true).safeIntegers(true).all(args) as Stored[][];
    } catch (error) {
      throw toSqlError(error);
    }
  }

  /** The value of a constant expression, computed by SQLite itself: the translation holds for no other. */
  evaluate(bound: Bound): Stored {
    return (bound.known ?? this.#knownOf(bound)).value;
  }

  /** The same with its value known, if it is constant; an expression that fails is left to fail when it runs. */
  fold(bound: Bound): Bound {
    if (!bound.isConstant || bound.known !== undefined) return bound;
    try {
      const { origin } = this.#knownOf(bound);
      return this.#constantOf(origin, bound.type);
    } catch {
      return bound;
    }
  }

  integer(value: number | bigint, type: SqlType = INT): Bound {
    return this.constant(BigInt(value), type);
  }

  #variable(name: string): Variable {
    const variable = this.#variables.get(name.toLowerCase());
    if (variable === undefined) throw sqlServerError(137, name);
    return variable;
  }

  #knownOf({ sql }: Bound): Known {
    const [, parameter] = LONE_PLACEHOLDER.exec(sql) ?? [];
    if (parameter !== undefined) return this.#knownAs(this.#origins.at(Number(parameter)));
    const { sql: text, origins: args } = this.render(sql);
    const origin: Origin = { kind: 'computed', sql: text, args };
    const value = this.#valueOf(origin);
    const isLiteral = args.every(({ kind }) => kind === 'literal');
    return this.#knownAs(isLiteral ? { kind: 'literal', value } : origin);
  }

  #valueOf(origin: Origin): Stored {
    try {
      return this.#values.of(origin);
    } catch (error) {
      // What follows from the failure follows for this value only.
      this.holdsOnce();
      throw toSqlError(error);
    }
  }

  #constantOf(origin: Origin, type: SqlType): Bound {
    const known = this.#knownAs(origin);
    const sql = this.#parameterOf(known.origin);
    return { sql, type, isSimple: true, isConstant: true, known };
  }

  #knownAs(origin: Origin): Known {
    return new Known(this.#origins.at(this.#origins.indexOf(origin)), {
      valueOf: (own) => this.#valueOf(own),
      note: (question) => this.#note(question),
      parameterOf: (own) => this.#parameterOf(own),
    });
  }

  #parameterOf(origin: Origin): string {
    return `${MARK}${this.#origins.indexOf(origin)}${MARK}`;
  }

  #note(question: Question): void {
    if (!this.#questions.some((own) => isSameQuestion(own, question)))
      this.#questions.push(question);
  }

  #literal(origin: Origin): string {
    if (origin.kind !== 'literal') this.holdsOnce();
    return literalSql(this.#values.of(origin));
  }
}
