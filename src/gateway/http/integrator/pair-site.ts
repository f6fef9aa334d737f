import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { type PairSiteResult, type SiteObject, toSiteObject } from '../../sites/index.ts';
import { noteAlong } from '../audit-note.ts';
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
export const pairSite = (context: GatewayContext) =>
  routePlugin((app) => {
    const spellings = [
      { path: '/pair-site', schema },
      { path: '/pairSite', schema: { ...schema, operationId: 'pairSiteOld', deprecated: true } },
    ];
    for (const { path, schema: described } of spellings) {
      app.post(path, { schema: described }, async (request) => {
        const { integratorId } = callerOf(request);
        const note = noteAlong(context, request, (siteId: string) => ({
          actor: 'integrator',
          integratorId,
          siteId,
          fields: [],
        }));
        const asked = { integratorId, ...request.query };
        const result = await context.sites.pairing.pairSite(asked, note);
        return siteOrRefusal(result, request.query.practiceManagementName);
      });
    }
  });
