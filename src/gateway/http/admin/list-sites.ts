import { Type } from 'typebox';
import type { GatewayContext } from '../../context.ts';
import { toSiteObject } from '../../sites/index.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { SiteBody } from '../schemas/site.ts';

const schema = {
  operationId: 'listSites',
  tags: ['Operator'],
  summary: 'List the sites, oldest first',
  security: [{ adminKey: [] }],
  querystring: Type.Object({
    after: Type.Optional(
      Type.String({ format: 'uuid', description: 'Go on after the site with this id.' }),
    ),
  }),
  response: {
    200: Type.Object({ sites: Type.Array(SiteBody) }),
    ...errorResponses('invalidRequest', 'adminKeyRequired', 'adminDisabled'),
  },
};

export const listSites = ({ sites }: GatewayContext) =>
  routePlugin((app) => {
    app.get('/sites', { schema }, async (request) => ({
      sites: (await sites.registry.list({ afterId: request.query.after })).map(toSiteObject),
    }));
  });
