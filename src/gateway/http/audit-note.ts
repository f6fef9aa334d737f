import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid } from '../../lib/ids.ts';
import type { AuditNote } from '../audit/index.ts';
import type { GatewayContext } from '../context.ts';
import type { Alongside } from '../store/index.ts';

type About = Partial<Pick<AuditNote, 'actor' | 'integratorId' | 'siteId' | 'target' | 'fields'>>;

/** Changes of the operator whose outcome is still to be noted. */
const open = new WeakSet<FastifyRequest>();
const noted = new WeakSet<FastifyRequest>();

const idOf = (text: string | undefined) =>
  text !== undefined && isUuid(text) ? text.toLowerCase() : undefined;

/** What path and body of a request tell of its change. */
function factsOf(request: FastifyRequest): Omit<AuditNote, 'outcome'> {
  const { integratorId, siteId, slot, source, deliveryId } = request.params as Partial<
    Record<string, string>
  >;
  const { body } = request;
  return {
    actor: 'operator',
    operation: request.routeOptions.schema?.operationId ?? '(unknown)',
    integratorId: idOf(integratorId),
    siteId: idOf(siteId),
    target: deliveryId ?? slot ?? source,
    fields: body !== null && typeof body === 'object' ? Object.keys(body) : [],
    requestId: request.id,
  };
}

/**
 * Notes the change of a request that has been validated, in the transaction of the change.
 *
 * @param about what path and body do not tell, or tell differently; it may be made of what the change has made
 */
export function noteAlong<Made = void>(
  { audit }: GatewayContext,
  request: FastifyRequest,
  about: About | ((made: Made) => About) = {},
): Alongside<Made> {
  return async (session, made) => {
    const more = typeof about === 'function' ? about(made) : about;
    await audit.add({ ...factsOf(request), ...more, outcome: 'done' }, session);
    noted.add(request);
  };
}

/** From here on the request counts as the operator's. */
export async function beginNote(request: FastifyRequest): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') open.add(request);
}

/**
 * Notes, before the answer goes out, what no transaction has noted: a change that was refused or has failed, and one that
 * leaves no trace in the store. Of a request that was refused nothing is repeated but ids.
 */
export function noteOutcome({ audit }: GatewayContext) {
  return async (request: FastifyRequest, reply: FastifyReply, payload: unknown) => {
    if (!open.delete(request)) return payload;
    const facts = factsOf(request);
    if (reply.statusCode >= 400) {
      const outcome = reply.statusCode < 500 ? 'refused' : 'failed';
      await audit.addLate({ ...facts, target: undefined, fields: [], outcome });
    } else if (!noted.has(request)) {
      await audit.add({ ...facts, outcome: 'done' });
    }
    return payload;
  };
}
