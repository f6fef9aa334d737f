import type { Query } from './query.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** The deprecated root members stand beside `errorDetails`. */
function errorMembers({ error }: Query): object {
  if (!error) return {};
  return { errorCode: error.errorCode, errorMessage: error.errorMessage, errorDetails: error };
}

function resultMembers(query: Query): object {
  const { rowCount, rowsAffected, resultSize: size } = query;
  if (size === undefined) return {};
  return { result: { rows: rowCount, rowsAffected, size }, resultSize: size };
}

/**
 * The query as callers read it (contract §7), without `result.data` and `result.parameters`. Members that have no
 * value are undefined and so left out of the JSON.
 */
export function toQueryObject(query: Query): Record<string, unknown> {
  const { executingAt, uploadingAt, sqlExecutionMs } = query;
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
      initialising: { startTime: iso(query.createdAt) },
      executing: executingAt === undefined ? undefined : { startTime: iso(executingAt) },
      uploading: uploadingAt === undefined ? undefined : { startTime: iso(uploadingAt) },
    },
    metrics: sqlExecutionMs === undefined ? undefined : { sqlExecutionDuration: sqlExecutionMs },
    ...errorMembers(query),
    ...resultMembers(query),
    completedAt: iso(query.completedAt),
  };
}
