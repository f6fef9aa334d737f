import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import type { GatewayContext } from '../context.ts';

const DESCRIPTION = `
Lets software talk to the databases of medical practices. Wire-compatible with the Halo Connect Cloud API: a client
of that API works here after changing its base URL.

Send the subscription key in the header \`Ocp-Apim-Subscription-Key\`. A desktop application is given a token instead, and
sends it with its \`DeviceId\` to the paths below \`/desktop\`. Results carry their rows in \`result.data\`:
base64 of UTF-8 JSON, an array with one object per row. Below \`fhir/R4\` everything is FHIR, errors included.
`;

/**
 * `GET /openapi.json`, made from the schemas that validate requests and shape answers, and its page at `/docs`.
 * It goes on the root itself: inside a plugin it would see that plugin's routes only.
 */
export async function addApiReference(
  app: FastifyInstance,
  { version, publicUrl }: GatewayContext,
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Parhelion',
        version,
        description: DESCRIPTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      tags: [
        { name: 'Sites', description: 'Practices, and pairing with them.' },
        { name: 'Queries', description: 'SQL sent to a practice.' },
        { name: 'FHIR', description: 'FHIR R4 over the database of a practice.' },
        { name: 'Desktop', description: 'SQL sent to a practice by a desktop application.' },
        { name: 'Limits', description: 'What an integrator may use, and has used.' },
        { name: 'Operator', description: 'Integrators, keys, sites, enrolment and webhooks.' },
        { name: 'Link', description: 'What the agent at the site calls.' },
        { name: 'Health', description: 'For load balancers and monitoring.' },
      ],
      components: {
        securitySchemes: {
          subscriptionKey: { type: 'apiKey', in: 'header', name: 'Ocp-Apim-Subscription-Key' },
          desktopToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          deviceId: { type: 'apiKey', in: 'header', name: 'DeviceId' },
          adminKey: { type: 'http', scheme: 'bearer' },
        },
      },
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { docExpansion: 'list', deepLinking: true, displayRequestDuration: true },
  });
  app.get('/openapi.json', { schema: { hide: true } }, () => ({
    ...app.swagger(),
    servers: [{ url: publicUrl() }],
  }));
}
