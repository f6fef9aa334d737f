import type { Claims } from './desktop-token.ts';

const MAX_TOKENS = 10_000;

/** Tokens whose signature was good: checking one costs far more than looking it up. The oldest goes first. */
export class VerifiedTokens {
  readonly #claims = new Map<string, Claims>();

  get(token: string): Claims | undefined {
    return this.#claims.get(token);
  }

  add(token: string, claims: Claims): void {
    this.#claims.set(token, claims);
    if (this.#claims.size <= MAX_TOKENS) return;
    const oldest = this.#claims.keys().next();
    if (!oldest.done) this.#claims.delete(oldest.value);
  }

  delete(token: string): void {
    this.#claims.delete(token);
  }
}
