import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { noteAlong } from '../audit-note.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { SiteParams } from '../schemas/site.ts';

const schema = {
  operationId: 'revokeLink',
  tags: ['Operator'],
  summary: "Revoke the identity of a site's link",
  description: 'Its session ends; a new enrolment token is needed to connect again.',
  security: [{ adminKey: [] }],
  params: SiteParams,
  response: {
    204: Type.Null({ description: 'Revoked.' }),
    ...errorResponses('adminKeyRequired', 'adminDisabled', 'notFound'),
  },
};

export const revokeIdentity = (context: GatewayContext) =>
  routePlugin((app) => {
    app.delete('/sites/:siteId/identity', { schema }, async (request, reply) => {
      const { siteId } = request.params;
      const note = noteAlong(context, request);
      const identityId = await context.sites.enrolment.revokeIdentity(siteId, note);
      if (identityId === undefined) throw new ParhelionError('notFound');
      context.sessions.revoke([identityId]);
      return reply.code(204).send(null);
    });
  });
