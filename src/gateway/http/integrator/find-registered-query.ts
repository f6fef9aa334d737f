import type { FastifyRequest } from 'fastify';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import { isUuid } from '../../../lib/ids.ts';
import type { GatewayContext } from '../../context.ts';
import { callerOf } from '../caller.ts';
import { siteOf } from '../site-gate.ts';

/** Id of the query in the path, as it is stored. @throws ParhelionError `notFound` for what is no id */
export function queryIdOf({ queryId }: { readonly queryId: string }): string {
  if (!isUuid(queryId)) throw new ParhelionError('notFound');
  return queryId.toLowerCase();
}

/** The registered query in the path. @throws ParhelionError `notFound`, also for anybody else's */
export async function findRegisteredQuery(
  { registered }: GatewayContext,
  request: FastifyRequest,
  params: { readonly queryId: string },
) {
  const query = await registered.find(callerOf(request), siteOf(request).id, queryIdOf(params));
  if (!query) throw new ParhelionError('notFound');
  return query;
}
