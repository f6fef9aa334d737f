import { type Page, type Query, rangeEndOf } from './query.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** The deprecated root members stand beside `errorDetails`. */
function errorMembers({ error }: Query): object {
  if (!error) return {};
  return { errorCode: error.errorCode, errorMessage: error.errorMessage, errorDetails: error };
}

function toPageObject(page: Page): object {
  const { pageNumber, status, sizeBytes, rowCount: count, rangeStart } = page;
  const rows = { count, rangeStart, rangeEnd: rangeEndOf(page) };
  return { pageNumber, status, size: sizeBytes, rows };
}

/** Until the whole result is known, its numbers are those of the pages so far. */
function resultMembers(query: Query, pages: readonly Page[] | undefined): object {
  const { rowsAffected } = query;
  const hasPages = pages !== undefined && pages.length > 0;
  if (query.resultSize === undefined && !hasPages) return {};
  const soFar = (numberOf: (page: Page) => number) =>
    (pages ?? []).reduce((total, page) => total + numberOf(page), 0);
  const isNonQuery = query.resultSize !== undefined && query.rowCount === undefined;
  const rows = isNonQuery ? undefined : (query.rowCount ?? soFar(({ rowCount }) => rowCount));
  const size = query.resultSize ?? soFar(({ sizeBytes }) => sizeBytes);
  return {
    result: { rows, rowsAffected, size, pages: hasPages ? pages.map(toPageObject) : undefined },
    resultSize: query.resultSize,
  };
}

function timing(startedAt: number | undefined, endedAt: number | undefined): object | undefined {
  if (startedAt === undefined) return undefined;
  return { startTime: iso(startedAt), endTime: endedAt === undefined ? undefined : iso(endedAt) };
}

/**
 * The query as callers read it (contract §7, §8), without `result.data` and `result.parameters`. Members that have no
 * value are undefined and so left out of the JSON.
 *
 * @param pages those of an async query
 */
export function toQueryObject(query: Query, pages?: readonly Page[]): Record<string, unknown> {
  const { sqlExecutionMs, completedAt } = query;
  return {
    id: query.id,
    integratorId: query.integratorId,
    siteId: query.siteId,
    mode: query.mode,
    status: query.status,
    maxTimeInQueue: query.maxTimeInQueueMs,
    commandSize: query.commandSize,
    requestSize: query.requestSize,
    createdAt: iso(query.createdAt),
    updatedAt: iso(query.updatedAt),
    statusTiming: {
      initialising: timing(query.createdAt, query.initialisingEndedAt),
      queued: timing(query.queuedAt, query.queuedEndedAt),
      executing: timing(query.executingAt, query.executingEndedAt),
      uploading: timing(query.uploadingAt, query.uploadingEndedAt),
    },
    metrics: sqlExecutionMs === undefined ? undefined : { sqlExecutionDuration: sqlExecutionMs },
    ...errorMembers(query),
    ...resultMembers(query, pages),
    completedAt: completedAt === undefined ? undefined : iso(completedAt),
  };
}
