import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { noteAlong } from '../audit-note.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { SiteParams } from '../schemas/site.ts';

const DAY_SECONDS = 24 * 60 * 60;

const schema = {
  operationId: 'issueEnrolmentToken',
  tags: ['Operator'],
  summary: 'Issue a one-time token that enrols the link of a site',
  security: [{ adminKey: [] }],
  params: SiteParams,
  body: Type.Object({
    validForSeconds: Type.Optional(
      Type.Integer({ minimum: 60, maximum: 30 * DAY_SECONDS, default: DAY_SECONDS }),
    ),
  }),
  response: {
    201: Type.Object({ token: Type.String(), expiresAt: Type.String({ format: 'date-time' }) }),
    ...errorResponses('invalidRequest', 'adminKeyRequired', 'adminDisabled', 'notFound'),
  },
};

function noBodyIsEmpty(request: FastifyRequest, _reply: unknown, done: () => void): void {
  request.body ??= {};
  done();
}

export const issueEnrolmentToken = (context: GatewayContext) =>
  routePlugin((app) => {
    app.post(
      '/sites/:siteId/enrolment-tokens',
      { schema, preValidation: noBodyIsEmpty },
      async (request, reply) => {
        const { validForSeconds = DAY_SECONDS } = request.body;
        const issued = await context.sites.enrolment.issueToken(
          request.params.siteId,
          validForSeconds * 1000,
          noteAlong(context, request),
        );
        if (!issued) throw new ParhelionError('notFound');
        const expiresAt = new Date(issued.expiresAt).toISOString();
        return reply.code(201).send({ token: issued.token, expiresAt });
      },
    );
  });
