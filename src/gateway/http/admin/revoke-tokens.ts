import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { type DesktopTokens, problemOfDeviceId } from '../../desktop/index.ts';
import { noteAlong } from '../audit-note.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { TokenRevocationBody, toRevocationBody } from '../schemas/token-revocation.ts';

const Scope = Type.Object(
  {
    integratorId: Type.Optional(Type.String({ format: 'uuid' })),
    siteId: Type.Optional(Type.String({ format: 'uuid' })),
    deviceId: Type.Optional(Type.String()),
  },
  // A misspelt member must not void more than was meant.
  { additionalProperties: false, minProperties: 1 },
);

const schema = {
  operationId: 'revokeTokens',
  tags: ['Operator'],
  summary: 'Void tokens of desktops',
  description:
    'All tokens issued by now that fit every member given; at least one is needed. Other gateways of the store follow within two seconds. Tokens issued later are good.',
  security: [{ adminKey: [] }],
  body: Scope,
  response: {
    201: TokenRevocationBody,
    ...errorResponses('invalidRequest', 'adminKeyRequired', 'adminDisabled', 'notFound'),
  },
};

/** An id that nobody has would seem to have worked. */
async function checkScope(
  { integrators, sites }: GatewayContext,
  { integratorId, siteId, deviceId }: Parameters<DesktopTokens['revoke']>[0],
): Promise<void> {
  const unknown = (what: string) => new ParhelionError('notFound', `There is no such ${what}.`);
  if (integratorId && !(await integrators.get(integratorId))) throw unknown('integrator');
  if (siteId && !(await sites.registry.get(siteId))) throw unknown('site');
  const problem = deviceId === undefined ? undefined : problemOfDeviceId(deviceId);
  if (problem !== undefined) {
    throw new ParhelionError('invalidRequest', `body.deviceId ${problem}`);
  }
}

export const revokeTokens = (context: GatewayContext) =>
  routePlugin((app) => {
    app.post('/token-revocations', { schema }, async (request, reply) => {
      const scope = {
        ...request.body,
        integratorId: request.body.integratorId?.toLowerCase(),
        siteId: request.body.siteId?.toLowerCase(),
      };
      await checkScope(context, scope);
      const { integratorId, siteId } = scope;
      const note = noteAlong(context, request, { integratorId, siteId });
      const revocation = await context.desktopTokens.revoke(scope, note);
      return reply.code(201).send(toRevocationBody(revocation));
    });
  });
