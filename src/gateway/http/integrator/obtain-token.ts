import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import { isUuid } from '../../../lib/ids.ts';
import type { GatewayContext } from '../../context.ts';
import { problemOfDeviceId } from '../../desktop/index.ts';
import { callerOf } from '../caller.ts';
import { errorResponses } from '../schemas/errors.ts';

const FORM = 'application/x-www-form-urlencoded';
const MAX_FORM_BYTES = 16 * 1024;
const GRANT_TYPE = 'urn:halo-connect:oauth:desktop-token';

const schema = {
  operationId: 'obtainToken',
  tags: ['Desktop'],
  summary: 'Get a token for a desktop application',
  description:
    'The desktop sends it as `Authorization: Bearer …` together with its `DeviceId` to the paths below `/desktop`. It is good for this integrator, site and device only.',
  security: [{ subscriptionKey: [] }],
  consumes: [FORM],
  body: Type.Object({
    grant_type: Type.Literal(GRANT_TYPE),
    device_id: Type.String({ description: 'The unique identifier of the device.' }),
    site_id: Type.String({ description: 'Halo GUID of the site.' }),
  }),
  response: {
    200: Type.Object({
      access_token: Type.String(),
      token_type: Type.Literal('Bearer'),
      expires_in: Type.Integer({ description: 'Seconds.' }),
    }),
    ...errorResponses('invalidRequest', 'missingKey', 'notPaired', 'notFound', 'bodyTooLarge'),
    ...errorResponses('unsupportedMediaType'),
  },
};

/** @throws ParhelionError `invalidRequest`, naming the field, when it is missing, empty or there twice */
function fieldOf(form: URLSearchParams, name: keyof typeof schema.body.properties): string {
  const [value = '', ...more] = form.getAll(name);
  if (more.length > 0) throw invalid(name, 'is given twice');
  if (value === '') throw invalid(name, 'is required');
  return value;
}

function invalid(name: string, why: string): ParhelionError {
  return new ParhelionError('invalidRequest', `body.${name} ${why}`);
}

/** Forms and nothing else: what comes without a content type is no form either. */
function acceptForms(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, done) => {
    done(null, new URLSearchParams(String(body)));
  });
}

/** obtainToken (contract §2). */
export const obtainToken =
  ({ desktopTokens, sites: { directory } }: GatewayContext) =>
  async (app: FastifyInstance): Promise<void> => {
    acceptForms(app);
    const options = { schema, bodyLimit: MAX_FORM_BYTES, validatorCompiler: () => () => true };
    // The schema only describes: an unknown site must be told before a bad field is.
    app.post('/token', options, async (request) => {
      if (!(request.body instanceof URLSearchParams)) {
        throw new ParhelionError('unsupportedMediaType');
      }
      const form = request.body;
      const siteId = fieldOf(form, 'site_id').toLowerCase();
      const { integratorId } = callerOf(request);
      if (!isUuid(siteId) || !(await directory.find(siteId))) throw new ParhelionError('notFound');
      if (!(await directory.isPaired(integratorId, siteId))) throw new ParhelionError('notPaired');
      if (fieldOf(form, 'grant_type') !== GRANT_TYPE) {
        throw invalid('grant_type', `must be ${GRANT_TYPE}`);
      }
      const deviceId = fieldOf(form, 'device_id');
      const problem = problemOfDeviceId(deviceId);
      if (problem !== undefined) throw invalid('device_id', problem);
      const token = await desktopTokens.issue(integratorId, siteId, deviceId);
      return {
        access_token: token.accessToken,
        token_type: 'Bearer',
        expires_in: token.expiresInS,
      };
    });
  };
