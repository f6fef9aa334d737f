import { loggableError } from '../../errors/loggable-error.ts';
import type { Logger } from '../../lib/logger.ts';

/** What happens to registered queries that an operator may want to know. Only ids are said. */
export class RegisteredEvents {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** The site gets it again a little later. */
  notHandedOver(siteId: string, queryId: string): void {
    this.#logger.warn({ siteId, queryId }, 'a registered query could not be sent to its site');
  }

  /** The site's frame stays unanswered, and it sends it again. */
  failed(siteId: string, error: unknown): void {
    this.#logger.error({ siteId, ...loggableError(error) }, 'registered queries were not served');
  }
}
