import type { SqliteStatement, Stored } from '../database.ts';

/**
 * Where a value comes from that a translation uses. A translation whose values come from variables serves later values
 * too: each run computes them anew, and asks again what the translation has asked of them.
 */
export type Origin =
  | { readonly kind: 'literal'; readonly value: Stored }
  | { readonly kind: 'variable'; readonly name: string }
  /** The declared type of a variable, as JSON. */
  | { readonly kind: 'variableType'; readonly name: string }
  | { readonly kind: 'derived'; readonly from: Origin; readonly by: Derivation }
  | { readonly kind: 'computed'; readonly sql: string; readonly args: readonly Origin[] };

/** A pure function of a value. Two with the same `of` and `args` are one. */
export interface Derivation<Result = Stored> {
  readonly of: object;
  readonly args: readonly (string | number | bigint | undefined)[];
  readonly apply: (value: Stored) => Result;
}

export type Answer = Stored | boolean | undefined;

/** What a translation rests on: it holds for all values that answer alike. */
export interface Question {
  readonly about: Origin;
  readonly by: Derivation<Answer>;
  readonly answer: Answer;
}

/** What the values of one run are read from. */
export interface ValueSource {
  readonly variable: (name: string) => Stored;
  readonly variableType: (name: string) => string;
  readonly prepare: (sql: string) => SqliteStatement;
}

/** The values of origins in one run, each computed once. */
export class Values {
  readonly #source: ValueSource;
  readonly #computed = new Map<Origin, Stored>();

  constructor(source: ValueSource) {
    this.#source = source;
  }

  /** Throws what computing the value throws. */
  of(origin: Origin): Stored {
    switch (origin.kind) {
      case 'literal':
        return origin.value;
      case 'variable':
        return this.#source.variable(origin.name);
      case 'variableType':
        return this.#source.variableType(origin.name);
      default: {
        const known = this.#computed.get(origin);
        if (known !== undefined) return known;
        const value = this.#compute(origin);
        this.#computed.set(origin, value);
        return value;
      }
    }
  }

  /** Whether the values answer as they did when the question was asked first. */
  agreesWith({ about, by, answer }: Question): boolean {
    return Object.is(by.apply(this.of(about)), answer);
  }

  #compute(origin: Extract<Origin, { kind: 'derived' | 'computed' }>): Stored {
    if (origin.kind === 'derived') return origin.by.apply(this.of(origin.from));
    const statement = this.#source.prepare(`SELECT ${origin.sql}`);
    const args = origin.args.map((argument) => this.of(argument));
    const [row] = statement.raw(true).safeIntegers(true).all(args) as Stored[][];
    return row?.[0] ?? null;
  }
}

const itself = (value: Stored): Stored => value;
const isNull = (value: Stored): boolean => value === null;

/** What a translation may do with a value. */
export interface Knowledge {
  readonly valueOf: (origin: Origin) => Stored;
  readonly note: (question: Question) => void;
  readonly parameterOf: (origin: Origin) => string;
}

/** The value of a literal, a variable or a constant expression, as far as a translation looks at it. */
export class Known {
  readonly origin: Origin;
  readonly #knowledge: Knowledge;

  constructor(origin: Origin, knowledge: Knowledge) {
    this.origin = origin;
    this.#knowledge = knowledge;
  }

  /** The value itself: the translation then holds for no other. */
  get value(): Stored {
    return this.ask(itself);
  }

  get isNull(): boolean {
    return this.ask(isNull);
  }

  /** What the translation depends on: it then holds for the values that give the same answer. */
  ask<Args extends Derivation['args'], Result extends Answer>(
    question: (value: Stored, ...args: Args) => Result,
    ...args: Args
  ): Result {
    const by = { of: question, args, apply: (value: Stored) => question(value, ...args) };
    const answer = by.apply(this.#knowledge.valueOf(this.origin));
    if (this.origin.kind !== 'literal') this.#knowledge.note({ about: this.origin, by, answer });
    return answer;
  }

  /** A parameter for what is made of the value. */
  parameter<Args extends Derivation['args']>(
    derivation: (value: Stored, ...args: Args) => Stored,
    ...args: Args
  ): string {
    const by = { of: derivation, args, apply: (value: Stored) => derivation(value, ...args) };
    const { origin } = this;
    return this.#knowledge.parameterOf(
      origin.kind === 'literal'
        ? { kind: 'literal', value: by.apply(origin.value) }
        : { kind: 'derived', from: origin, by },
    );
  }
}

/** The question for a value itself. */
export const ITSELF: Derivation = { of: itself, args: [], apply: itself };
