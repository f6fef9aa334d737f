import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { toSiteObject } from '../../sites/index.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { SiteBody, SiteParams } from '../schemas/site.ts';

const schema = {
  operationId: 'getSiteAsOperator',
  tags: ['Operator'],
  summary: 'Get a site',
  security: [{ adminKey: [] }],
  params: SiteParams,
  response: { 200: SiteBody, ...errorResponses('adminKeyRequired', 'adminDisabled', 'notFound') },
};

export const getAdminSite = ({ sites }: GatewayContext) =>
  routePlugin((app) => {
    app.get('/sites/:siteId', { schema }, async (request) => {
      const site = await sites.registry.get(request.params.siteId);
      if (!site) throw new ParhelionError('notFound');
      return toSiteObject(site);
    });
  });
