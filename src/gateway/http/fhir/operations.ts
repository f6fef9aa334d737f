import { type TSchema, Type } from 'typebox';
import { errorResponses } from '../schemas/errors.ts';
import { SiteParams } from '../schemas/site.ts';

/** One operation of FHIR as the reference of the API tells of it. What it does is the site's. */
export interface FhirOperation {
  readonly methods: readonly ('GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE')[];
  /** Below the base. */
  readonly path: string;
  /** Left out: one that is served and not told of. */
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  /** Statuses of success, and what they say. */
  readonly success?: Readonly<Record<number, string>>;
  readonly body?: 'resource' | 'form';
}

const FOUND = { 200: 'The resource, or a Bundle of those that were found.' };

/** The two of the contract's reference first; all of them are one handler. */
export const FHIR_OPERATIONS: readonly FhirOperation[] = [
  {
    methods: ['GET'],
    path: '/:fhirParameters',
    operationId: 'fhirQuery',
    summary: 'Search resources of a practice by FHIR R4',
    description:
      'A resource type and its search parameters: `Patient?given=John`. Answers a searchset Bundle, in pages.',
    success: FOUND,
  },
  {
    methods: ['POST'],
    path: '/:resource/_search',
    operationId: 'fhirSearch',
    summary: 'Search resources with the parameters in the body',
    description:
      'Better than a search by GET where a parameter tells of a person: nothing of it stands in an address.',
    success: FOUND,
    body: 'form',
  },
  {
    methods: ['GET'],
    path: '/metadata',
    operationId: 'fhirCapabilities',
    summary: 'What FHIR at the site can do',
    description: 'The CapabilityStatement of the site. It lists exactly what works.',
    success: { 200: 'A CapabilityStatement.' },
  },
  {
    methods: ['POST'],
    path: '/:resource',
    operationId: 'fhirCreate',
    summary: 'Create a resource',
    success: { 201: 'The resource as it was created.' },
    body: 'resource',
  },
  {
    methods: ['GET'],
    path: '/:resource/:id',
    operationId: 'fhirRead',
    summary: 'Read a resource',
    success: { 200: 'The resource.', 304: 'It has not changed.' },
  },
  {
    methods: ['PUT'],
    path: '/:resource/:id',
    operationId: 'fhirUpdate',
    summary: 'Update a resource',
    description: 'With `If-Match`, only the version that was read.',
    success: { 200: 'The resource as it is now.' },
    body: 'resource',
  },
  {
    methods: ['GET'],
    path: '/:resource/$:operation',
    operationId: 'fhirTypeOperation',
    summary: 'Call an operation of a resource type',
    description: 'For instance `Slot/$find-free`.',
    success: FOUND,
  },
  {
    methods: ['POST'],
    path: '/:resource/$:operation',
    operationId: 'fhirTypeOperationByPost',
    summary: 'Call an operation of a resource type, with parameters in the body',
    success: FOUND,
    body: 'resource',
  },
  {
    methods: ['GET'],
    path: '/:resource/:id/$:operation',
    operationId: 'fhirOperation',
    summary: 'Call an operation of a resource',
    description: 'For instance `Patient/{id}/$summary`.',
    success: FOUND,
  },
  {
    methods: ['POST'],
    path: '/:resource/:id/$:operation',
    operationId: 'fhirOperationByPost',
    summary: 'Call an operation of a resource, with parameters in the body',
    success: FOUND,
    body: 'resource',
  },
  { methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], path: '' },
  { methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], path: '/*' },
];

const Resource = Type.Object(
  { resourceType: Type.String() },
  { additionalProperties: true, description: 'A resource of FHIR R4.' },
);

const Outcome = Type.Object(
  {
    resourceType: Type.Literal('OperationOutcome'),
    issue: Type.Array(
      Type.Object(
        { severity: Type.String(), code: Type.String(), diagnostics: Type.Optional(Type.String()) },
        { additionalProperties: true },
      ),
    ),
  },
  { title: 'OperationOutcome', additionalProperties: true },
);

const PATH_PARAMETERS: Readonly<Record<string, string>> = {
  fhirParameters: 'A resource type and, behind `?`, its search parameters.',
  resource: 'A resource type of FHIR.',
  id: 'Logical id of the resource.',
  operation: 'Name of the operation, without its `$`.',
};

const fhirContent = (schema: TSchema) => ({ 'application/fhir+json': { schema } });

/** The schema that describes an operation; nothing is checked by it: the bytes of a request are the site's to read. */
export function schemaOf(operation: FhirOperation): object {
  const { operationId, summary, description, path, success = {}, body } = operation;
  if (operationId === undefined) return { hide: true };
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const params = names.map((name) => [
    name,
    Type.String({ description: PATH_PARAMETERS[name] ?? name }),
  ]);
  return {
    operationId,
    summary,
    ...(description !== undefined && { description }),
    tags: ['FHIR'],
    security: [{ subscriptionKey: [] }],
    params: Type.Object({ ...SiteParams.properties, ...Object.fromEntries(params) }),
    ...(body && { body: bodySchema(body) }),
    response: { ...successes(success), ...failures() },
  };
}

function bodySchema(kind: 'resource' | 'form') {
  if (kind === 'resource') return { content: fhirContent(Resource) };
  const schema = Type.Object(
    {},
    { additionalProperties: true, description: 'Search parameters of FHIR.' },
  );
  return { content: { 'application/x-www-form-urlencoded': { schema } } };
}

function successes(byStatus: Readonly<Record<number, string>>): Record<number, object> {
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, description]) => [
      status,
      status === '304' ? { description } : { description, content: fhirContent(Resource) },
    ]),
  );
}

function failures(): Record<number, object> {
  const plain = {
    ...errorResponses('invalidRequest', 'missingKey', 'notPaired', 'notFound', 'tooManyRequests'),
    ...errorResponses('answerTooLarge', 'bodyTooLarge', 'unsupportedMediaType', 'siteFailed'),
    ...errorResponses('fhirNotOffered', 'siteOffline', 'databaseUnreachable', 'queryTimedOut'),
  };
  return Object.fromEntries(
    Object.entries(plain).map(([status, { description }]: [string, { description?: string }]) => [
      status,
      { description, content: fhirContent(Outcome) },
    ]),
  );
}
