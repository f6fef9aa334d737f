import type { Stored } from '../database.ts';
import type { Origin, Question } from './known.ts';

const numbers = new WeakMap<object, number>();
let lastNumber = 0;

function numberOf(of: object): number {
  let number = numbers.get(of);
  if (number === undefined) {
    lastNumber += 1;
    number = lastNumber;
    numbers.set(of, number);
  }
  return number;
}

function literalKey(value: Stored): string {
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString('base64')}`;
  return `${typeof value}${value}`;
}

/** The origins of one translation, numbered; equal ones are one. */
export class InternedOrigins {
  readonly #origins: Origin[] = [];
  readonly #indexByKey = new Map<string, number>();

  at(index: number): Origin {
    return this.#origins[index] ?? { kind: 'literal', value: null };
  }

  indexOf(origin: Origin): number {
    const key = this.#keyOf(origin);
    let index = this.#indexByKey.get(key);
    if (index === undefined) {
      index = this.#origins.push(origin) - 1;
      this.#indexByKey.set(key, index);
    }
    return index;
  }

  #keyOf(origin: Origin): string {
    switch (origin.kind) {
      case 'literal':
        return literalKey(origin.value);
      case 'variable':
      case 'variableType':
        return `${origin.kind} ${origin.name}`;
      case 'derived': {
        const { of, args } = origin.by;
        return `derived ${numberOf(of)} ${args.join('\u0001')} ${this.indexOf(origin.from)}`;
      }
      case 'computed':
        return `computed ${origin.args.map((own) => this.indexOf(own)).join()} ${origin.sql}`;
    }
  }
}

export function isSameQuestion(left: Question, right: Question): boolean {
  const isAboutOne =
    left.about === right.about ||
    (left.about.kind === 'variableType' &&
      right.about.kind === 'variableType' &&
      left.about.name === right.about.name);
  return (
    isAboutOne &&
    left.by.of === right.by.of &&
    left.by.args.length === right.by.args.length &&
    left.by.args.every((argument, index) => argument === right.by.args[index])
  );
}
