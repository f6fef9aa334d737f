import { Type } from 'typebox';
import type { GatewayContext } from '../../context.ts';
import { type PmsType, pmsTypeOf, toSiteObject } from '../../sites/index.ts';
import { noteAlong } from '../audit-note.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { PmsName, SiteBody } from '../schemas/site.ts';

const schema = {
  operationId: 'createSite',
  tags: ['Operator'],
  summary: 'Create a site',
  description: 'Its link is enrolled with a token of the site. The first site of a PMS ID answers.',
  security: [{ adminKey: [] }],
  body: Type.Object({
    practiceManagementName: PmsName,
    practiceManagementSiteId: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
    practiceName: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  }),
  response: {
    201: SiteBody,
    ...errorResponses('invalidRequest', 'adminKeyRequired', 'adminDisabled'),
  },
};

export const createSite = (context: GatewayContext) =>
  routePlugin((app) => {
    app.post('/sites', { schema }, async (request, reply) => {
      const { practiceManagementName, practiceManagementSiteId, practiceName } = request.body;
      const wanted = {
        // The schema admits only names that have a type.
        pmsType: pmsTypeOf(practiceManagementName) as PmsType,
        practiceManagementSiteId,
        name: practiceName ?? practiceManagementSiteId,
      };
      const note = noteAlong(context, request, (siteId: string) => ({ siteId }));
      const site = await context.sites.registry.create(wanted, note);
      return reply.code(201).send(toSiteObject(site));
    });
  });
