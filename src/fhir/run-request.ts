import { capabilityStatement } from './capability/capability-statement.ts';
import type { Offers } from './capability/offers.ts';
import type { Interaction, InteractionAnswer, InteractionCourse } from './interactions/index.ts';
import type { ResourceMapping } from './mapping/system-mapping.ts';
import { DEFINITION_TYPE, ownDefinition } from './operations/index.ts';
import { FhirProblem, fhirProblem } from './outcome/fhir-problem.ts';
import type { ReadRequest } from './request/read-request.ts';
import type { RouteOf } from './request/route.ts';
import type { ServiceContext } from './service-context.ts';

type InteractionRoute = RouteOf<Interaction['route']>;

function methodNotAllowed(methods: readonly string[], request: ReadRequest): FhirProblem {
  const allow = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  const diagnostics = `${request.method} is not offered here; offered: ${allow.join(', ') || 'nothing'}`;
  return new FhirProblem([{ kind: 'methodNotAllowed', diagnostics }], { allow: allow.join(', ') });
}

function resourceOf(type: string, { mapping }: ServiceContext): ResourceMapping {
  const resource = mapping.resources.get(type);
  if (resource) return resource;
  throw fhirProblem(
    'unknownType',
    `this site has no ${/^\w{1,64}$/.test(type) ? type : 'such type'}`,
  );
}

function* runInteraction(
  request: ReadRequest,
  route: InteractionRoute,
  context: ServiceContext,
  offers: Offers,
): InteractionCourse {
  const resource = resourceOf(route.type, context);
  const here = offers.interactions.filter(
    (each) => each.route === route.kind && each.isOffered(resource),
  );
  const interaction = here.find(({ method }) => method === request.method);
  if (!interaction) throw methodNotAllowed([...new Set(here.map(({ method }) => method))], request);
  if (interaction.route === 'type' || interaction.route === 'typeSearch') {
    return yield* interaction.run({ request, resource, context });
  }
  const { id } = route as RouteOf<'instance'>;
  const version = route.kind === 'version' ? { versionId: route.versionId } : {};
  return yield* interaction.run({ request, resource, context, id, ...version });
}

function* runOperation(
  request: ReadRequest,
  { name, type, id }: RouteOf<'operation'>,
  context: ServiceContext,
  { operations }: Offers,
): InteractionCourse {
  const resource = type === undefined ? undefined : resourceOf(type, context);
  const level = id !== undefined ? 'instance' : resource ? 'type' : 'system';
  const operation = operations.find(
    (each) =>
      each.name === name &&
      each.levels.has(level) &&
      (!resource || each.types.has(resource.type)) &&
      each.isOffered(context.mapping),
  );
  if (!operation) throw fhirProblem('unknownOperation', `no such operation at this ${level}`);
  const methods = operation.affectsState ? ['POST'] : ['GET', 'POST'];
  if (!methods.includes(request.method)) throw methodNotAllowed(methods, request);
  return yield* operation.run({
    request,
    context,
    ...(resource ? { resource } : {}),
    ...(id === undefined ? {} : { id }),
  });
}

/** Reads the definition of one of this project's own operations, and does nothing else: it comes from no database. */
function readDefinition(
  request: ReadRequest,
  route: InteractionRoute,
  { mapping, linkVersion: version }: ServiceContext,
  { operations }: Offers,
): InteractionAnswer {
  const offered = operations.filter((each) => each.isOffered(mapping));
  const methods = route.kind === 'instance' ? ['GET'] : [];
  if (!methods.includes(request.method)) throw methodNotAllowed(methods, request);
  const { id } = route as RouteOf<'instance'>;
  const resource = ownDefinition(offered, id, { baseUrl: request.baseUrl, version });
  if (!resource) throw fhirProblem('unknownResource', 'no operation of this site is defined so');
  return { status: 200, resource };
}

/**
 * Runs what a request means.
 *
 * @throws FhirProblem for all that ends otherwise
 */
export function* runRequest(
  request: ReadRequest,
  context: ServiceContext,
  offers: Offers,
): InteractionCourse {
  const { route, method, baseUrl } = request;
  switch (route.kind) {
    case 'metadata':
      if (method !== 'GET') throw methodNotAllowed(['GET'], request);
      return { status: 200, resource: capabilityStatement({ context, offers, baseUrl }) };
    case 'operation':
      return yield* runOperation(request, route, context, offers);
    case 'type':
    case 'typeSearch':
    case 'instance':
    case 'version':
      if (route.type === DEFINITION_TYPE) return readDefinition(request, route, context, offers);
      return yield* runInteraction(request, route, context, offers);
    case 'systemHistory':
    case 'typeHistory':
    case 'instanceHistory':
      throw fhirProblem('unsupportedInteraction', 'practices keep no history of their resources');
    case 'system':
    case 'systemSearch':
      throw fhirProblem(
        'unsupportedInteraction',
        'batches, transactions and searches over all types are not offered',
      );
  }
}
