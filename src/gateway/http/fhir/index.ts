import type { FastifyInstance } from 'fastify';
import type { GatewayContext } from '../../context.ts';
import { limitImmediateQueries, requireQuota } from '../limits-gate.ts';
import { requireUsableSite } from '../site-gate.ts';
import { answerFhirRequest } from './answer-fhir-request.ts';
import { acceptFhirBodies } from './fhir-body.ts';
import { FHIR_OPERATIONS, schemaOf } from './operations.ts';

const BASE = '/sites/:siteId/fhir/R4';

/** FHIR R4 (contract §1): every request below the base goes to the site. */
export const fhirRoutes = (context: GatewayContext) =>
  function registerFhir(app: FastifyInstance, _options: object, done: () => void): void {
    acceptFhirBodies(app);
    // In the order of the contract (§2): 429, 404 and 403 of the site, 403 of the quota.
    const onRequest = [
      limitImmediateQueries(context),
      requireUsableSite(context),
      requireQuota(context),
    ];
    const handler = answerFhirRequest(context);
    for (const operation of FHIR_OPERATIONS) {
      app.route({
        method: [...operation.methods],
        url: BASE + operation.path,
        schema: schemaOf(operation),
        validatorCompiler: () => () => true,
        onRequest,
        handler,
      });
    }
    done();
  };
