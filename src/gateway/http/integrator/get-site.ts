import type { GatewayContext } from '../../context.ts';
import { toSiteObject } from '../../sites/index.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { SiteBody, SiteParams } from '../schemas/site.ts';
import { requirePairedSite, siteOf } from '../site-gate.ts';

const schema = {
  operationId: 'getSite',
  tags: ['Sites'],
  summary: 'Get a site',
  security: [{ subscriptionKey: [] }],
  params: SiteParams,
  response: { 200: SiteBody, ...errorResponses('missingKey', 'notPaired', 'notFound') },
};

/** getSite (contract §4). */
export const getSite = (context: GatewayContext) =>
  routePlugin((app) => {
    app.get('/sites/:siteId', { schema, onRequest: requirePairedSite(context) }, async (request) =>
      toSiteObject(siteOf(request)),
    );
  });
