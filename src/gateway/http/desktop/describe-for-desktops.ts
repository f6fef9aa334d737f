import type { RouteOptions } from 'fastify';
import { errorResponses } from '../schemas/errors.ts';

const SUFFIX = 'AsDesktop';

/** The answers that every call of a desktop may get besides those of its operation. */
const responses = errorResponses('invalidToken');

/** FHIR is told of in one place, for integrators and for desktops. */
const isFhir = (tags: readonly string[] | undefined) => tags?.includes('FHIR') === true;

/**
 * Describes an operation of integrators as one of desktops: with a name of its own, another way to authenticate, and
 * another 401. What it does is the same.
 */
export function describeForDesktops(route: RouteOptions): void {
  const { schema } = route;
  // A GET comes twice: the second time for its HEAD.
  if (!schema?.operationId || schema.operationId.endsWith(SUFFIX)) return;
  route.schema = {
    ...schema,
    operationId: schema.operationId + SUFFIX,
    tags: isFhir(schema.tags) ? ['FHIR'] : ['Desktop'],
    security: [{ desktopToken: [], deviceId: [] }],
    response: { ...(schema.response as object), ...(isFhir(schema.tags) ? {} : responses) },
  };
}
