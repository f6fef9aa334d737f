import { ERROR_CODES, type ErrorCode } from './codes.ts';

/** What an error carries besides its code and message. */
export interface ParhelionErrorOptions extends ErrorOptions {
  /** When a retry may succeed, counted from now. */
  readonly retryAfterMs?: number;
}

/** The one error class of the project: a code of the closed table, a sentence for the caller, the original as `cause`. */
export class ParhelionError extends Error {
  override readonly name = 'ParhelionError';
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;

  /**
   * @param message what the caller reads; left out, the code's own sentence
   * @param options `cause` is kept for logs and never sent to a caller
   */
  constructor(code: ErrorCode, message?: string, options?: ParhelionErrorOptions) {
    super(message ?? ERROR_CODES[code].message, options);
    this.code = code;
    this.retryAfterMs = options?.retryAfterMs;
  }

  /** HTTP status of the code. */
  get status(): number {
    return ERROR_CODES[this.code].status;
  }

  /** Whether the same request may succeed later without a change. */
  get isRetryable(): boolean {
    return ERROR_CODES[this.code].isRetryable;
  }

  /** Converts anything thrown: a ParhelionError stays itself, all else becomes a bland `internal` with its cause. */
  static from(thrown: unknown): ParhelionError {
    if (thrown instanceof ParhelionError) return thrown;
    return new ParhelionError('internal', undefined, { cause: thrown });
  }
}
