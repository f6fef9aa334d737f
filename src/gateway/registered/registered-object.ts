import type { RegisteredQuery } from './registered-query.ts';

const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

/** The query as callers read it (contract §9). Members without a value are undefined and so left out of the JSON. */
export function toRegisteredObject(query: RegisteredQuery) {
  return {
    id: query.id,
    name: query.name,
    registeredQueryType: 'query',
    status: query.status,
    frequency: query.frequencyS,
    duration: query.durationS,
    createdAt: iso(query.createdAt),
    completedAt: iso(query.completedAt),
    lastHash: query.lastHash,
    lastErrorDetails: query.lastError,
    metrics: {
      lastExecutionDuration: query.lastExecutionMs,
      executionSucceededCount: query.succeededCount,
      executionFailedCount: query.failedCount,
      resultSizeSum: query.resultSizeSum,
      requestSize: query.requestSize,
      lastSucceededAt: iso(query.lastSucceededAt),
      lastFailedAt: iso(query.lastFailedAt),
    },
  };
}
