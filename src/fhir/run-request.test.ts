import { describe, expect, it } from 'vitest';
import { SqlError } from '../sql/sql-error.ts';
import type { FhirAnswer, FhirMethod, FhirRequest } from './course.ts';
import { FhirService } from './fhir-service.ts';
import { INTERACTIONS, type Interaction } from './interactions/index.ts';
import type { ResourceMapping, SystemMapping } from './mapping/system-mapping.ts';
import type { Operation } from './operations/index.ts';
import { readResourceBody } from './request/resource-body.ts';

const relation = { alias: 'p', name: 'Patients', columns: new Map(), nullable: new Set<string>() };

function resourceMapping(type: string): ResourceMapping {
  return {
    type,
    profiles: [],
    base: relation,
    joins: [],
    where: [],
    deleted: [],
    key: [],
    children: new Map(),
    elements: [],
    search: new Map(),
  };
}

const mapping: SystemMapping = {
  name: 'two',
  title: 'Two types',
  resources: new Map([
    ['Patient', resourceMapping('Patient')],
    ['Slot', resourceMapping('Slot')],
  ]),
  codes: new Map(),
};

const findFree: Operation = {
  name: 'find-free',
  definition: {
    id: 'Slot-find-free',
    title: 'Find free slots',
    parameters: [
      { name: 'start', type: 'dateTime', min: 1, documentation: 'From when on.' },
      { name: 'actor', type: 'string', searchType: 'reference', documentation: 'With whom.' },
    ],
  },
  documentation: 'Free slots.',
  levels: new Set(['type']),
  types: new Set(['Slot']),
  affectsState: false,
  isOffered: ({ resources }) => resources.has('Slot'),
  // oxlint-disable-next-line require-yield
  *run({ request, resource, id }) {
    const parameter = request.parameters.map(({ value }) => ({
      name: resource?.type,
      valueString: value,
    }));
    return { status: 200, resource: { resourceType: 'Parameters', id, parameter } };
  },
};

const cancel: Operation = {
  name: 'cancel',
  definition: 'http://example.org/OperationDefinition/cancel',
  levels: new Set(['instance', 'system']),
  types: new Set(['Slot']),
  affectsState: true,
  isOffered: () => true,
  *run({ id = 'all' }) {
    yield { kind: 'begin' };
    throw id === 'gone'
      ? new SqlError('connection', 'haloLink', 1004, 'gone')
      : new Error(`no slot ${id}`);
  },
};

const create: Interaction = {
  code: 'create',
  route: 'type',
  method: 'POST',
  isConditional: true,
  isOffered: ({ type }) => type === 'Patient',
  // oxlint-disable-next-line require-yield
  *run({ request }) {
    const { resourceType } = readResourceBody(request.body, request.headers['content-type']);
    return { status: 201, headers: { location: 'x' }, resource: { resourceType } };
  },
};

const service = new FhirService(
  {
    mapping,
    dialect: 'sqlite',
    timeZone: 'Australia/Sydney',
    siteId: 's1',
    linkVersion: '1.0.0',
    cursorKey: new Uint8Array(32),
    now: () => 0,
  },
  { interactions: [...INTERACTIONS, create], operations: [findFree, cancel] },
);

function requestOf(method: FhirMethod, path: string, rest: Partial<FhirRequest> = {}): FhirRequest {
  return { method, path, query: '', headers: {}, baseUrl: 'http://b', ...rest };
}

/** Answers without a database. */
function ask(method: FhirMethod, path: string, rest: Partial<FhirRequest> = {}): FhirAnswer {
  const course = service.answer(requestOf(method, path, rest));
  let step = course.next();
  while (!step.done) step = course.next([]);
  return step.value;
}

describe('operations', () => {
  it('run at their type and level, by GET where they change nothing', () => {
    const answer = ask('GET', 'Slot/$find-free', { query: 'start=2024' });
    expect(answer.status).toBe(200);
    expect(JSON.parse(String(answer.body))).toEqual({
      resourceType: 'Parameters',
      parameter: [{ name: 'Slot', valueString: '2024' }],
    });
  });

  it.each([
    ['GET', 'Patient/$find-free', 404],
    ['GET', 'Slot/1/$find-free', 404],
    ['GET', '$find-free', 404],
    ['GET', 'Slot/1/$cancel', 405],
    ['PUT', 'Slot/$find-free', 405],
    ['POST', 'Slot/1/$cancel', 500],
    ['POST', '$cancel', 500],
  ] as const)('%s %s is %i', (method, path, status) => {
    const answer = ask(method, path);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain('no slot');
  });

  it('have definitions of their own to be read, where nobody has published one', () => {
    const answer = ask('GET', 'OperationDefinition/Slot-find-free');
    expect(answer.status).toBe(200);
    expect(JSON.parse(String(answer.body))).toEqual({
      resourceType: 'OperationDefinition',
      id: 'Slot-find-free',
      url: 'http://b/OperationDefinition/Slot-find-free',
      version: '1.0.0',
      name: 'SlotFindFree',
      title: 'Find free slots',
      status: 'active',
      kind: 'operation',
      description: 'Free slots.',
      affectsState: false,
      code: 'find-free',
      resource: ['Slot'],
      system: false,
      type: true,
      instance: false,
      parameter: [
        {
          name: 'start',
          use: 'in',
          min: 1,
          max: '1',
          documentation: 'From when on.',
          type: 'dateTime',
        },
        {
          name: 'actor',
          use: 'in',
          min: 0,
          max: '1',
          documentation: 'With whom.',
          type: 'string',
          searchType: 'reference',
        },
        { name: 'return', use: 'out', min: 1, max: '1', type: 'Bundle' },
      ],
    });
  });

  it.each([
    ['GET', 'OperationDefinition/cancel', 404],
    ['GET', 'OperationDefinition/find-free', 404],
    ['GET', 'OperationDefinition', 405],
    ['POST', 'OperationDefinition', 405],
    ['PUT', 'OperationDefinition/Slot-find-free', 405],
    ['GET', 'OperationDefinition/Slot-find-free/_history/1', 405],
  ] as const)('%s %s is %i', (method, path, status) => {
    expect(ask(method, path).status).toBe(status);
  });

  it('leave a lost connection to the link', () => {
    expect(() => ask('POST', 'Slot/gone/$cancel')).toThrow(
      expect.objectContaining({ name: 'SqlError' }),
    );
  });
});

describe('an added interaction', () => {
  it('is offered where the mapping allows it', () => {
    const headers = { 'content-type': 'application/fhir+json' };
    const body = '{"resourceType":"Patient"}';
    expect(ask('POST', 'Patient', { headers, body })).toMatchObject({
      status: 201,
      headers: { location: 'x' },
    });
    expect(ask('PATCH', 'Patient').headers['allow']).toBe('GET, HEAD, POST');
    const refused = ask('POST', 'Slot', { headers, body });
    expect(refused).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });
});

describe('the CapabilityStatement', () => {
  const statement = JSON.parse(String(ask('GET', 'metadata').body));

  it('lists what is offered, by itself', () => {
    const [patient, slot] = statement.rest[0].resource;
    expect(patient).toMatchObject({
      type: 'Patient',
      interaction: [
        { code: 'read' },
        { code: 'vread' },
        { code: 'search-type' },
        { code: 'create' },
      ],
      conditionalCreate: true,
    });
    expect(patient).not.toHaveProperty('operation');
    expect(slot).toMatchObject({
      type: 'Slot',
      interaction: [{ code: 'read' }, { code: 'vread' }, { code: 'search-type' }],
      conditionalCreate: false,
      operation: [
        {
          name: 'find-free',
          definition: 'http://b/OperationDefinition/Slot-find-free',
          documentation: 'Free slots.',
        },
        { name: 'cancel', definition: cancel.definition },
      ],
    });
    expect(statement.rest[0].operation).toEqual([
      { name: 'cancel', definition: cancel.definition },
    ]);
  });

  it('says who answers', () => {
    expect(statement).toMatchObject({
      id: 's1',
      version: '1.0.0',
      kind: 'instance',
      fhirVersion: '4.0.1',
      status: 'active',
      software: { name: 'Parhelion', version: '1.0.0' },
      implementation: { description: 'Two types', url: 'http://b' },
    });
    expect(statement).not.toHaveProperty('instantiates');
  });
});
