import { ParhelionError } from '../../errors/parhelion-error.ts';

/** A statement as an engine takes it, and how many values it must be given. */
export interface StatementText {
  readonly sql: string;
  readonly placeholders: number;
}

const QUOTED_OR_PLACEHOLDER = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\?/g;

/** Turns `?` outside quotes into what `placeholder` writes for the n-th one (from 1). */
function replacePlaceholders(sql: string, placeholder: (n: number) => string): StatementText {
  let placeholders = 0;
  const text = sql.replaceAll(QUOTED_OR_PLACEHOLDER, (match) =>
    match === '?' ? placeholder(++placeholders) : match,
  );
  return { sql: text, placeholders };
}

export function postgresText(sql: string): StatementText {
  return replacePlaceholders(sql, (n) => `$${n}`);
}

export function sqliteText(sql: string): StatementText {
  return replacePlaceholders(sql.replace(/\bFOR UPDATE( SKIP LOCKED)?\b/, ''), () => '?');
}

/** Remembers what `compile` makes of a text. Lists of varying length make many texts, hence the bound. */
export function cacheByText<Compiled>(
  compile: (sql: string) => Compiled,
): (sql: string) => Compiled {
  const cache = new Map<string, Compiled>();
  return (sql) => {
    let compiled = cache.get(sql);
    if (compiled === undefined) {
      if (cache.size >= 1000) cache.clear();
      compiled = compile(sql);
      cache.set(sql, compiled);
    }
    return compiled;
  };
}

/**
 * Refuses what the engines would store differently or wrongly: libsql takes a missing value for NULL, ends a text
 * at a NUL and aborts the whole process on a boolean.
 */
export function checkValues(values: readonly unknown[], expected: number): void {
  if (values.length !== expected) {
    throw new ParhelionError(
      'internal',
      `A store statement takes ${expected} values but was given ${values.length}.`,
    );
  }
  for (const value of values) {
    if (typeof value === 'string' && value.includes('\0')) {
      throw new ParhelionError('invalidRequest', 'A text must not contain the character NUL.');
    }
    if (typeof value !== 'string' && value !== null && !Number.isFinite(value)) {
      throw new ParhelionError('internal', `A store statement was given a bad ${typeof value}.`);
    }
  }
}
