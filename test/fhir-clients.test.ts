import { MedplumClient, OperationOutcomeError } from '@medplum/core';
import { Client as FhirKitClient } from 'fhir-kit-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DevSystem, TempFolder } from './support/dev-system.ts';

interface Resource extends Record<string, unknown> {
  readonly resourceType: string;
  readonly id: string;
  readonly meta: { readonly versionId: string };
}
interface Bundle {
  readonly resourceType: string;
  readonly type: string;
  readonly total?: number;
  readonly entry?: readonly { readonly fullUrl?: string; readonly resource: Resource }[];
  readonly link: { relation: string; url: string }[];
}

/** What a program does with a FHIR server, as one of the public clients does it. */
interface Client {
  capabilities(): Promise<Resource>;
  read(type: string, id: string): Promise<Resource>;
  resolve(reference: string): Promise<Resource>;
  search(type: string, parameters: Record<string, string>): Promise<Bundle>;
  searchByForm(type: string, parameters: Record<string, string>): Promise<Bundle>;
  next(bundle: Bundle): Promise<Bundle> | undefined;
  summary(patientId: string): Promise<Bundle>;
  create(resource: object): Promise<Resource>;
  /** @param version of which the change is made */
  update(resource: Resource, version: string): Promise<Resource>;
  /** The HTTP status or issue code that an error tells. */
  failure(error: unknown): string;
}

const folder = new TempFolder();
let system: DevSystem;
let baseUrl: string;

beforeAll(async () => {
  system = await DevSystem.start(folder.path);
  baseUrl = `${system.facts.baseUrl}/integrator/sites/${system.facts.site.siteId}/fhir/R4`;
}, 120_000);
afterAll(async () => {
  await system?.program.stop();
  folder[Symbol.dispose]();
});

const keyHeader = (): Record<string, string> => ({
  'ocp-apim-subscription-key': system.facts.integrator.primaryKey,
});

function fhirKit(): Client {
  const client = new FhirKitClient({ baseUrl, customHeaders: keyHeader() });
  const isOfType = <T>(answer: Promise<unknown>) => answer as Promise<T>;
  return {
    capabilities: () => isOfType(client.capabilityStatement()),
    read: (resourceType, id) => isOfType(client.read({ resourceType, id })),
    resolve: (reference) => isOfType(client.resolve({ reference })),
    search: (resourceType, searchParams) => isOfType(client.search({ resourceType, searchParams })),
    searchByForm: (resourceType, searchParams) =>
      isOfType(client.search({ resourceType, searchParams, options: { postSearch: true } })),
    next: (bundle) => {
      const page = client.nextPage({ bundle: { ...bundle } });
      return page && isOfType(page);
    },
    summary: (id) =>
      isOfType(client.operation({ name: '$summary', resourceType: 'Patient', id, method: 'GET' })),
    create: (resource) => {
      const body = resource as Resource;
      return isOfType(client.create({ resourceType: body.resourceType, body }));
    },
    update: (body, version) =>
      isOfType(
        client.update({
          resourceType: body.resourceType,
          id: body.id,
          body,
          options: { headers: { 'if-match': `W/"${version}"` } },
        }),
      ),
    failure: (error) => String((error as { response: { status: number } }).response.status),
  };
}

function medplum(): Client {
  const client = new MedplumClient({
    baseUrl: `${baseUrl}/`,
    fhirUrlPath: '',
    defaultHeaders: keyHeader(),
    cacheTime: 0,
  });
  // The client's types know only FHIR's own resources.
  const any = client as unknown as {
    get(url: URL): Promise<unknown>;
    post(url: URL, body: unknown, type: string): Promise<unknown>;
    put(url: URL, body: unknown, type: string, options: object): Promise<unknown>;
    readResource(type: string, id: string): Promise<unknown>;
    readReference(reference: { reference: string }): Promise<unknown>;
    search(type: string, query: Record<string, string>): Promise<unknown>;
    createResource(resource: object): Promise<unknown>;
    fhirUrl(...path: string[]): URL;
  };
  const isOfType = <T>(answer: Promise<unknown>) => answer as Promise<T>;
  return {
    capabilities: () => isOfType(any.get(any.fhirUrl('metadata'))),
    read: (type, id) => isOfType(any.readResource(type, id)),
    resolve: (reference) => isOfType(any.readReference({ reference })),
    search: (type, parameters) => isOfType(any.search(type, parameters)),
    searchByForm: (type, parameters) =>
      isOfType(
        any.post(
          any.fhirUrl(type, '_search'),
          new URLSearchParams(parameters).toString(),
          'application/x-www-form-urlencoded',
        ),
      ),
    next: ({ link }) => {
      const next = link.find(({ relation }) => relation === 'next');
      return next && isOfType(any.get(new URL(next.url)));
    },
    summary: (id) => isOfType(any.get(any.fhirUrl('Patient', id, '$summary'))),
    create: (resource) => isOfType(any.createResource(resource)),
    update: (resource, version) =>
      isOfType(
        any.put(
          any.fhirUrl(resource.resourceType, resource.id),
          resource,
          'application/fhir+json',
          { headers: { 'If-Match': `W/"${version}"` } },
        ),
      ),
    failure: (error) =>
      error instanceof OperationOutcomeError
        ? String(error.outcome.issue[0]?.code)
        : `no OperationOutcome: ${String(error)}`,
  };
}

/** All of a search, page by page. */
async function allOf(client: Client, type: string, parameters: Record<string, string>) {
  const found: Resource[] = [];
  let page: Bundle | undefined = await client.search(type, parameters);
  while (page !== undefined) {
    found.push(...(page.entry ?? []).map(({ resource }) => resource));
    page = await client.next(page);
  }
  return found;
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { reference } = value as { reference?: unknown };
  const own = typeof reference === 'string' && !reference.startsWith('#') ? [reference] : [];
  return [...own, ...Object.values(value).flatMap(referencesIn)];
}

const newPatient = {
  resourceType: 'Patient',
  name: [{ use: 'official', given: ['Zoë'], family: 'Clientele' }],
  gender: 'female',
  birthDate: '1984-02-29',
};

const booking = (slot: string, patient: string) => ({
  resourceType: 'Appointment',
  status: 'booked',
  slot: [{ reference: `Slot/${slot}` }],
  participant: [{ actor: { reference: `Patient/${patient}` }, status: 'accepted' }],
});

describe.each([
  ['fhir-kit-client', fhirKit, { stale: '412', missing: '404', taken: '409' }],
  ['MedplumClient', medplum, { stale: 'conflict', missing: 'not-found', taken: 'conflict' }],
])('%s', (_name, open, failures) => {
  let client: Client;
  const failureOf = async (answer: Promise<unknown>) => {
    const error: unknown = await answer.then(
      () => new Error('It did not fail.'),
      (thrown: unknown) => thrown,
    );
    return client.failure(error);
  };
  beforeAll(() => {
    client = open();
  });

  test('reads the capabilities, and a resource of every type that they tell', async () => {
    const { rest, fhirVersion } = (await client.capabilities()) as unknown as {
      fhirVersion: string;
      rest: { resource: { type: string; interaction: { code: string }[] }[] }[];
    };
    expect(fhirVersion).toBe('4.0.1');
    const types = (rest[0]?.resource ?? [])
      .filter(({ interaction }) => interaction.some(({ code }) => code === 'search-type'))
      .map(({ type }) => type)
      // Nothing of a Binary but the bytes can be searched.
      .filter((type) => type !== 'Binary');
    expect(types.length).toBeGreaterThan(15);
    for (const type of types) {
      const { entry = [] } = await client.search(type, { _count: '1' });
      const id = entry[0]?.resource.id ?? `no ${type}`;
      expect(await client.read(type, id)).toMatchObject({ resourceType: type, id });
    }
    expect(await failureOf(client.read('Patient', '1999888777'))).toBe(failures.missing);
  });

  test('follows the pages of a search to the end, each resource once', async () => {
    const found = await allOf(client, 'Patient', { family: 's', _count: '10' });
    const ids = found.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const counted = await client.search('Patient', { family: 's', _summary: 'count' });
    expect(ids.length).toBe(counted.total);
    expect(ids.length).toBeGreaterThan(20);
    const posted = await client.searchByForm('Patient', { family: 's', _count: '1000' });
    expect(posted.entry?.map(({ resource }) => resource.id)).toEqual(ids);
  });

  test('reads all that the resources of a patient refer to', async () => {
    const [patient] = (await client.search('Encounter', { _count: '1' })).entry ?? [];
    const subject = referencesIn(patient?.resource['subject'])[0] ?? '';
    const own = await Promise.all(
      ['Observation', 'Condition', 'Encounter', 'MedicationRequest', 'DocumentReference'].map(
        (type) => allOf(client, type, { patient: subject, _count: '10' }),
      ),
    );
    const references = new Set(referencesIn(own));
    expect(references).toContain(subject);
    expect(references.size).toBeGreaterThan(3);
    for (const reference of references) {
      const [type, id] = reference.split('/');
      expect(await client.resolve(reference)).toMatchObject({ resourceType: type, id });
    }
  });

  test('gets the summary of a patient, in which every reference leads somewhere', async () => {
    const { type, entry = [] } = await client.summary('2');
    expect(type).toBe('document');
    expect(entry[0]?.resource.resourceType).toBe('Composition');
    const subject = entry.find(({ resource }) => resource.resourceType === 'Patient');
    expect(subject?.resource.id).toBe('2');
    const addresses = new Set(entry.map(({ fullUrl }) => fullUrl));
    const ids = new Set(entry.map(({ resource }) => `${resource.resourceType}/${resource.id}`));
    const outside = referencesIn(entry).filter((each) => !addresses.has(each) && !ids.has(each));
    expect(outside).toEqual([]);
  });

  test('finds the definition of each operation of our own where the capabilities say', async () => {
    const { rest } = (await client.capabilities()) as unknown as {
      rest: { resource: { operation?: { name: string; definition: string }[] }[] }[];
    };
    const operations = rest.flatMap(({ resource }) =>
      resource.flatMap((each) => each.operation ?? []),
    );
    const own = operations.filter(({ definition }) => definition.startsWith(`${baseUrl}/`));
    expect(own.map(({ name }) => name)).toEqual(['find-free', 'waitlist']);
    for (const { name, definition } of own) {
      const read = await client.resolve(definition.slice(baseUrl.length + 1));
      expect(read).toMatchObject({
        resourceType: 'OperationDefinition',
        url: definition,
        code: name,
      });
    }
  });

  test('creates a patient, and changes it only under the version that is there', async () => {
    const created = await client.create(newPatient);
    expect(created).toMatchObject({ resourceType: 'Patient', birthDate: '1984-02-29' });
    const { versionId } = created.meta;
    const changed = await client.update({ ...created, birthDate: '1984-03-01' }, versionId);
    expect(changed).toMatchObject({ id: created.id, birthDate: '1984-03-01' });
    const again = client.update({ ...created, birthDate: '1984-03-02' }, versionId);
    expect(await failureOf(again)).toBe(failures.stale);
    expect(await client.read('Patient', created.id)).toMatchObject({ birthDate: '1984-03-01' });
  });

  test('books a free slot, which is then taken', async () => {
    const { entry = [] } = await client.search('Slot', { status: 'free', _count: '1' });
    const slot = entry[0]?.resource.id ?? 'none is free';
    const booked = await client.create(booking(slot, '1'));
    expect(booked).toMatchObject({ resourceType: 'Appointment', status: 'booked' });
    expect(await client.read('Slot', slot)).toMatchObject({ status: 'busy' });
    expect(await failureOf(client.create(booking(slot, '2')))).toBe(failures.taken);
  });
});

describe('a summary', () => {
  const AU_PS = 'http://hl7.org.au/fhir/ps/StructureDefinition/au-ps-bundle';
  const RECORD = 'http://demo-practice.example.com/id/record-number';
  interface Init extends RequestInit {
    readonly headers?: Record<string, string>;
  }
  const ask = (below: string, init: Init = {}) =>
    fetch(`${baseUrl}/${below}`, { ...init, headers: { ...keyHeader(), ...init.headers } });
  const asParameters = (parameter: readonly object[]): Init => ({
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify({ resourceType: 'Parameters', parameter }),
  });
  const identifier = { system: RECORD, value: 'P10001' };

  test.each<[how: string, below: string, init?: Init]>([
    ['as test kits write it', `Patient/$summary?identifier=${RECORD}|P10001&profile=${AU_PS}`],
    [
      'with everything encoded',
      `Patient/%24summary?identifier=${encodeURIComponent(`${RECORD}|P10001`)}&profile=${encodeURIComponent(AU_PS)}`,
    ],
    [
      'as IPS 1.1 spells it',
      'Patient/$summary',
      asParameters([
        { name: 'identifer', valueIdentifier: identifier },
        { name: 'profile', valueUri: AU_PS },
      ]),
    ],
    [
      'as IPS 2.0 types it',
      'Patient/$summary',
      asParameters([
        { name: 'identifier', valueString: `${RECORD}|P10001` },
        { name: 'profile', valueCanonical: `${AU_PS}|1.0.0` },
      ]),
    ],
    [
      'by the Composition, without a patient in the address',
      `Patient/$summary?profile=${AU_PS.replace('bundle', 'composition')}`,
      { method: 'POST', body: new URLSearchParams({ identifier: `${RECORD}|P10001` }) },
    ],
  ])('is asked for %s', async (_, below, init) => {
    const answer = await ask(below, init);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/fhir+json; charset=utf-8');
    const bundle = (await answer.json()) as Bundle & { meta: unknown };
    expect(bundle).toMatchObject({ type: 'document', meta: { profile: [AU_PS] } });
    expect(bundle.entry?.[1]?.fullUrl).toBe(`${baseUrl}/Patient/1`);
  });

  test.each<[what: string, below: string, init: Init | undefined, status: number, code: string]>([
    ['nobody', 'Patient/99999999/$summary', undefined, 404, 'not-found'],
    [
      'a number of nobody',
      `Patient/$summary?identifier=${RECORD}|none`,
      undefined,
      404,
      'not-found',
    ],
    [
      'a number without its system',
      'Patient/$summary?identifier=P10001',
      undefined,
      400,
      'invalid',
    ],
    ['another form', 'Patient/1/$summary?_format=xml', undefined, 406, 'not-supported'],
    [
      'half a body',
      'Patient/$summary',
      { ...asParameters([]), body: '{"resourceType":"Parameters",' },
      400,
      'structure',
    ],
    [
      'a body of text',
      'Patient/$summary',
      { method: 'POST', body: 'identifier', headers: { 'content-type': 'text/plain' } },
      415,
      'not-supported',
    ],
  ])('of %s is refused in FHIR', async (_, below, init, status, code) => {
    const answer = await ask(below, init);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ code }],
    });
  });

  test('is told of by HEAD, with no length that nobody has counted', async () => {
    const answer = await ask('Patient/1/$summary', { method: 'HEAD' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(answer.headers.get('content-type')).toBe('application/fhir+json; charset=utf-8');
    expect(answer.headers.get('content-length')).toBeNull();
    const missing = await ask('Patient/99999999', { method: 'HEAD' });
    expect([missing.status, missing.headers.get('content-length')]).toEqual([404, null]);
  });
});

test('of two callers that book a slot at once, one gets it: twenty times', async () => {
  const client = fhirKit();
  const rounds = 20;
  const { entry = [] } = await client.search('Slot', { status: 'free', _count: String(rounds) });
  expect(entry).toHaveLength(rounds);
  const book = async (slot: string, patient: string) => {
    const answer = await fetch(`${baseUrl}/Appointment`, {
      method: 'POST',
      headers: { ...keyHeader(), 'content-type': 'application/fhir+json' },
      body: JSON.stringify(booking(slot, patient)),
    });
    await answer.arrayBuffer();
    return answer.status;
  };
  for (const { resource } of entry) {
    const statuses = await Promise.all([book(resource.id, '1'), book(resource.id, '2')]);
    expect(statuses.toSorted((one, other) => one - other)).toEqual([201, 409]);
    const { entry: held = [] } = await client.search('Appointment', {
      slot: resource.id,
    });
    const booked = held.filter((each) => each.resource['status'] === 'booked');
    expect(booked).toHaveLength(1);
  }
});
