import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Clock } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import type { Command } from '../../protocol/command.ts';
import type { QueryLimits } from '../limits/index.ts';
import type { AsyncQueries } from './async-queries.ts';
import { checkParameters } from './check-parameters.ts';
import type { Query, QueryOwner } from './query.ts';

const DEFAULT_ASYNC_TIME_IN_QUEUE_MS = 3_600_000;

export interface AsyncQueryRequest {
  readonly owner: QueryOwner;
  readonly siteId: string;
  /** Whether the site counts as online; otherwise only `queueWhileOffline` makes the query wait for it. */
  readonly isOnline: boolean;
  readonly queueWhileOffline: boolean;
  readonly command: Command;
  readonly catalogue?: string | undefined;
  readonly maxTimeInQueueMs?: number | undefined;
  readonly requestSize: number;
}

export interface AsyncQueryContext {
  readonly asyncQueries: AsyncQueries;
  readonly limits: QueryLimits;
  readonly clock: Clock;
}

/**
 * Accepts an async query: once this resolves it is durable and will reach an end.
 *
 * @throws ParhelionError `invalidRequest`, `siteOffline`, `quotaExceeded`, and nothing is stored
 */
export async function createAsyncQuery(
  { asyncQueries, limits, clock }: AsyncQueryContext,
  request: AsyncQueryRequest,
): Promise<Query> {
  checkParameters(request.command);
  if (!request.isOnline && !request.queueWhileOffline) throw new ParhelionError('siteOffline');
  const commandJson = JSON.stringify(request.command);
  const createdAt = clock.now();
  const { siteId, requestSize } = request;
  const { integratorId, deviceHash } = request.owner;
  const maxTimeInQueueMs = request.maxTimeInQueueMs ?? DEFAULT_ASYNC_TIME_IN_QUEUE_MS;
  const facts = {
    id: newId(),
    integratorId,
    deviceHash,
    siteId,
    maxTimeInQueueMs,
    requestSize,
    createdAt,
  };
  using admission = await limits.admit({ integratorId, siteId, kind: 'async' });
  try {
    await asyncQueries.accept({
      ...facts,
      catalogue: request.catalogue,
      commandJson,
      waitsForSite: request.queueWhileOffline,
    });
  } catch (error) {
    admission.withdraw();
    throw error;
  }
  return {
    ...facts,
    mode: 'async',
    status: 'initialising',
    commandSize: Buffer.byteLength(commandJson),
    updatedAt: createdAt,
  };
}
