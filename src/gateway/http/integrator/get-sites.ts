import { Type } from 'typebox';
import type { GatewayContext } from '../../context.ts';
import { toSiteObject } from '../../sites/index.ts';
import { callerOf } from '../caller.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { PmsName, SiteBody } from '../schemas/site.ts';

const schema = {
  operationId: 'getSites',
  tags: ['Sites'],
  summary: 'Find paired sites',
  description: 'The paired sites of one practice; an empty list when there is none.',
  security: [{ subscriptionKey: [] }],
  querystring: Type.Object({
    practiceManagementSiteId: Type.String({ minLength: 1, description: 'PMS ID.' }),
    practiceManagementName: PmsName,
  }),
  response: {
    200: Type.Object({ sites: Type.Array(SiteBody) }),
    ...errorResponses('invalidRequest', 'missingKey'),
  },
};

/** getSites (contract §4). */
export const getSites = ({ sites }: GatewayContext) =>
  routePlugin((app) => {
    app.get('/sites', { schema }, async (request) => {
      const { practiceManagementSiteId, practiceManagementName } = request.query;
      const found = await sites.pairing.listSites(
        callerOf(request).integratorId,
        practiceManagementSiteId,
        practiceManagementName,
      );
      return { sites: found.map(toSiteObject) };
    });
  });
