import type { Logger } from '../../lib/logger.ts';

/** What happens at the HTTP edge, one method per event. Routes are named by their pattern, never by the URL itself. */
export class HttpEvents {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  answered(facts: {
    readonly requestId: string;
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly durationMs: number;
    readonly integratorId: string | undefined;
  }): void {
    this.#logger.info(facts, 'answered');
  }

  unexpectedError(requestId: string, cause: unknown): void {
    const stack = cause instanceof Error ? cause.stack : String(cause);
    this.#logger.error({ requestId, stack }, 'unexpected error');
  }
}
