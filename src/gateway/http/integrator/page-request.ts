import type { FastifyReply, FastifyRequest } from 'fastify';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import { isUuid } from '../../../lib/ids.ts';
import type { GatewayContext } from '../../context.ts';
import { openResultPage, type ResultPage } from '../../queries/index.ts';
import { callerOf } from '../caller.ts';
import { siteOf } from '../site-gate.ts';

/** Finds the page that a request asks for, and sets the four headers that describe it (contract §8). */
export async function openRequestedPage(
  { queries, asyncQueries, clock }: GatewayContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<ResultPage> {
  const params = request.params as { queryId: string; pageNumber: string };
  const queryId = params.queryId.toLowerCase();
  if (!isUuid(queryId)) throw new ParhelionError('notFound');
  if (!/^0*[1-9]\d*$/.test(params.pageNumber)) {
    throw new ParhelionError('invalidRequest', 'params.pageNumber must be a whole number from 1');
  }
  const pageNumber = Number(params.pageNumber);
  // A longer number would be rounded.
  if (!Number.isSafeInteger(pageNumber)) throw new ParhelionError('notFound');
  const page = await openResultPage(
    { store: queries.store, asyncQueries, clock },
    {
      owner: callerOf(request),
      siteId: siteOf(request).id,
      queryId,
      pageNumber,
    },
  );
  reply.headers({
    size: page.sizeBytes,
    'rows-count': page.rowCount,
    'rows-range-start': page.rangeStart,
    'rows-range-end': page.rangeEnd,
  });
  return page;
}
