import type { SqlError } from '../../../../sql-error.ts';
import { sqlServerError } from '../errors.ts';
import type { Query } from './ast.ts';
import { RESERVED_WORDS } from './keywords.ts';
import type { Token } from './lexer.ts';

const END: Token = { kind: 'end', text: '', value: '', keyword: '', start: 0 };
/** Deeper nesting than any human writes; it keeps the recursive descent off the stack's end. */
const MAX_DEPTH = 200;

/** A place in the tokens of a batch, with the small questions that every grammar rule asks. */
export class TokenCursor {
  readonly #tokens: readonly Token[];
  readonly #query: (cursor: TokenCursor) => Query;
  #position = 0;
  #depth = 0;

  /** `query` is the rule for queries, handed in because expressions contain queries and the reverse. */
  constructor(tokens: readonly Token[], query: (cursor: TokenCursor) => Query) {
    this.#tokens = tokens;
    this.#query = query;
  }

  get token(): Token {
    return this.#tokens[this.#position] ?? END;
  }

  /** The token to name in a message; at the end the last one. */
  get nearText(): string {
    return (this.token.kind === 'end' ? this.#tokens.at(-2) : this.token)?.text ?? '';
  }

  peek(ahead = 1): Token {
    return this.#tokens[this.#position + ahead] ?? END;
  }

  next(): Token {
    const token = this.token;
    this.#position += 1;
    return token;
  }

  query(): Query {
    return this.nested(() => this.#query(this));
  }

  nested<T>(rule: () => T): T {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      throw sqlServerError(191);
    }
    try {
      return rule();
    } finally {
      this.#depth -= 1;
    }
  }

  at(...keywords: readonly string[]): boolean {
    return keywords.includes(this.token.keyword) && this.token.keyword !== '';
  }

  take(...keywords: readonly string[]): boolean {
    if (!this.at(...keywords)) return false;
    this.#position += 1;
    return true;
  }

  /** Takes all the words in a row or none. */
  takeAll(...keywords: readonly string[]): boolean {
    if (!keywords.every((keyword, index) => this.peek(index).keyword === keyword)) return false;
    this.#position += keywords.length;
    return true;
  }

  expect(keyword: string): void {
    if (!this.take(keyword)) throw this.unexpected();
  }

  get isIdentifier(): boolean {
    const { kind, keyword } = this.token;
    return kind === 'quoted' || (kind === 'word' && !RESERVED_WORDS.has(keyword));
  }

  identifier(): string {
    if (!this.isIdentifier) throw this.unexpected();
    return this.next().value;
  }

  variable(): string {
    if (this.token.kind !== 'variable') throw this.unexpected();
    return this.next().value;
  }

  /** `a.b.c`, also `a..c`, whose middle part is empty. */
  multiPartName(): string[] {
    const parts = [this.identifier()];
    while (this.take('.')) parts.push(this.at('.') ? '' : this.identifier());
    return parts;
  }

  list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.take(',')) items.push(item());
    return items;
  }

  parenthesised<T>(rule: () => T): T {
    this.expect('(');
    const result = rule();
    this.expect(')');
    return result;
  }

  unexpected(token: Token = this.token): SqlError {
    if (token.kind === 'end') {
      const last = this.#tokens.at(-2);
      return sqlServerError(102, last?.text ?? '');
    }
    return token.kind === 'word' && RESERVED_WORDS.has(token.keyword)
      ? sqlServerError(156, token.text)
      : sqlServerError(102, token.text);
  }
}
