import type { Logger } from '../../lib/logger.ts';
import type { Metrics } from '../metrics/index.ts';

/** Why a call was refused. */
export type Refusal = 'rate' | 'concurrency' | 'dailyQueries' | 'dailyBytes';

/** Says what was refused: each refusal in the metrics, and in the log one line a while for all of them. */
export class LimitsEvents {
  readonly #logger: Logger;
  readonly #metrics: Metrics;
  #refused = new Map<string, { integratorId: string; limit: Refusal; times: number }>();

  constructor(logger: Logger, metrics: Metrics) {
    this.#logger = logger;
    this.#metrics = metrics;
  }

  refused(integratorId: string, limit: Refusal): void {
    this.#metrics.callRefused(limit);
    const key = `${limit} ${integratorId}`;
    const facts = this.#refused.get(key);
    if (facts) facts.times += 1;
    else this.#refused.set(key, { integratorId, limit, times: 1 });
  }

  /** Writes what was refused since the last time. */
  flush(): void {
    for (const facts of this.#refused.values()) this.#logger.info(facts, 'limit reached');
    this.#refused = new Map();
  }
}
