import { loggableError } from '../../errors/loggable-error.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Metrics } from '../metrics/index.ts';

/** What happens at the HTTP edge, one method per event. Routes are named by their pattern, never by the URL itself. */
export class HttpEvents {
  readonly #logger: Logger;
  readonly #metrics: Metrics;

  constructor(logger: Logger, metrics: Metrics) {
    this.#logger = logger;
    this.#metrics = metrics;
  }

  answered(facts: {
    readonly requestId: string;
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly durationMs: number;
    readonly integratorId: string | undefined;
  }): void {
    const { method, route, status, durationMs } = facts;
    this.#metrics.requestAnswered(method, route, status, durationMs);
    // A caller that is held back must not fill the log: `limits` sums it up.
    if (status === 429) this.#logger.debug(facts, 'answered');
    else this.#logger.info(facts, 'answered');
  }

  unexpectedError(requestId: string, cause: unknown): void {
    this.#logger.error({ requestId, ...loggableError(cause) }, 'unexpected error');
  }
}
