import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { type PairSiteResult, type SiteObject, toSiteObject } from '../../sites/index.ts';
import { callerOf } from '../caller.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { PmsName, SiteBody } from '../schemas/site.ts';

const schema = {
  operationId: 'pairSite',
  tags: ['Sites'],
  summary: 'Pair with a site',
  security: [{ subscriptionKey: [] }],
  querystring: Type.Object({
    practiceManagementSiteId: Type.String({ minLength: 1, description: 'PMS ID.' }),
    practiceManagementName: PmsName,
    pairingCode: Type.Optional(
      Type.String({ description: 'Made by the practice; required for Best Practice.' }),
    ),
  }),
  response: {
    200: SiteBody,
    ...errorResponses('pairingCodeRefused', 'missingKey', 'notFound', 'tooManyRequests'),
  },
};

function siteOrRefusal(result: PairSiteResult, practiceManagementName: string): SiteObject {
  switch (result.outcome) {
    case 'paired':
      return toSiteObject(result.site);
    case 'unknownSite':
      throw new ParhelionError('notFound');
    case 'missingCode':
      throw new ParhelionError(
        'invalidRequest',
        practiceManagementName === 'Best Practice'
          ? 'querystring.pairingCode is required for Best Practice'
          : 'querystring.pairingCode is required by this practice',
      );
    case 'wrongCode':
      throw new ParhelionError('pairingCodeRefused');
    case 'tooManyAttempts':
      throw new ParhelionError(
        'tooManyRequests',
        'Too many wrong pairing codes, please try again later.',
        { retryAfterMs: result.retryAfterMs },
      );
  }
}

/** pairSite (contract §4), and its deprecated spelling. */
export const pairSite = ({ sites }: GatewayContext) =>
  routePlugin((app) => {
    const spellings = [
      { path: '/pair-site', schema },
      { path: '/pairSite', schema: { ...schema, operationId: 'pairSiteOld', deprecated: true } },
    ];
    for (const { path, schema: described } of spellings) {
      app.post(path, { schema: described }, async (request) =>
        siteOrRefusal(
          await sites.pairing.pairSite({
            integratorId: callerOf(request).integratorId,
            ...request.query,
          }),
          request.query.practiceManagementName,
        ),
      );
    }
  });
