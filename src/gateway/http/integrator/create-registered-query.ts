import { Type } from 'typebox';
import type { GatewayContext } from '../../context.ts';
import { callerOf } from '../caller.ts';
import { bodySize } from '../json-body.ts';
import { checkCatalogue } from '../known-catalogue.ts';
import { requireQuota } from '../limits-gate.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { registeredQueryBody } from '../schemas/registered-query.ts';
import { SiteParams } from '../schemas/site.ts';
import { requireUsableSite, siteOf } from '../site-gate.ts';

const Created = Type.Object({ id: Type.String({ format: 'uuid' }) });

const schemaFor = (minFrequencyS: number, createdStatus: 201 | 202) => ({
  operationId: 'createRegisteredQuery',
  tags: ['Queries'],
  summary: 'Register a query that the site repeats by itself',
  description:
    'The site runs it at once and then at each `frequency`, while `duration` lasts. A result is sent on only when it has changed.',
  security: [{ subscriptionKey: [] }],
  params: SiteParams,
  body: registeredQueryBody(minFrequencyS),
  response: {
    [createdStatus]: Created,
    ...errorResponses('invalidRequest', 'missingKey', 'notFound', 'unsupportedMediaType'),
    ...errorResponses('notPaired', 'quotaExceeded', 'refusedByPractice', 'bodyTooLarge'),
  },
});

/** createRegisteredQuery (contract §9). @param createdStatus what the path answers for success */
export const createRegisteredQuery = (context: GatewayContext, createdStatus: 201 | 202 = 202) =>
  routePlugin((app) => {
    const schema = schemaFor(context.config.registeredMinFrequencyS, createdStatus);
    app.post(
      '/sites/:siteId/queries/registered',
      { schema, onRequest: [requireUsableSite(context), requireQuota(context)] },
      async (request, reply) => {
        const { name, frequency, duration, registerCommand } = request.body;
        const { command, catalogue } = registerCommand;
        const { integratorId, deviceHash } = callerOf(request);
        const site = siteOf(request);
        checkCatalogue(site, catalogue, 'body.registerCommand.catalogue');
        const id = await context.registered.create({
          integratorId,
          deviceHash,
          siteId: site.id,
          name,
          frequencyS: frequency,
          durationS: duration,
          catalogue,
          command,
          requestSize: bodySize(request),
        });
        return reply.code(createdStatus).send({ id });
      },
    );
  });
