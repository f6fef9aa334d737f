import { expect, it } from 'vitest';
import type { FhirBed } from '../../../test/support/fhir-bed.ts';
import { describeDialects } from '../../../test/support/fhir-dialects.ts';
import { r4Problems } from '../../../test/support/fhir-validation/r4-structure.ts';

interface ResourceCapability {
  readonly type: string;
  readonly supportedProfile?: readonly string[];
  readonly interaction: readonly { readonly code: string }[];
  readonly searchInclude?: readonly string[];
  readonly searchRevInclude?: readonly string[];
  readonly searchParam?: readonly {
    readonly name: string;
    readonly type: string;
    readonly definition: string;
    readonly documentation: string;
  }[];
  readonly operation?: readonly { readonly name: string; readonly definition: string }[];
}

interface OperationDefinition {
  readonly url: string;
  readonly code: string;
  readonly parameter: readonly { readonly name: string; readonly use: string }[];
}

async function resourcesOf(bed: FhirBed): Promise<readonly ResourceCapability[]> {
  const { json } = await bed.ask('metadata');
  const [rest] = json['rest'] as [{ resource: readonly ResourceCapability[] }];
  return rest.resource;
}

/** A value that every parameter of a type reads. */
const VALUES: Readonly<Record<string, string>> = {
  string: 'a',
  token: 'a',
  date: '2024',
  reference: '1',
  number: '1',
  quantity: '1',
  uri: 'urn:a',
};

describeDialects('the CapabilityStatement of a site', (here) => {
  it('is made without the database', async () => {
    const { status, json, statements } = await here.bed.ask('metadata');
    expect(status).toBe(200);
    expect(statements).toHaveLength(0);
    expect(json).toMatchObject({
      resourceType: 'CapabilityStatement',
      id: '5f0c9bd6-6ff4-4f4b-a9d8-6a8b5b3c0a11',
      version: '26.1122.0',
      date: '2024-06-01T00:00:00.000Z',
    });
  });

  it('lists the types of the mapping with their profiles and references', async () => {
    const resources = await resourcesOf(here.bed);
    expect(resources.map(({ type }) => type)).toEqual([
      'Patient',
      'Practitioner',
      'Organization',
      'Location',
      'Schedule',
      'Slot',
      'Appointment',
      'AllergyIntolerance',
      'Condition',
      'Medication',
      'MedicationRequest',
      'Observation',
      'OperationDefinition',
    ]);
    expect(resources[0]).toMatchObject({
      supportedProfile: ['http://hl7.org.au/fhir/core/StructureDefinition/au-core-patient'],
      searchInclude: ['Patient:general-practitioner'],
      searchRevInclude: [
        'Appointment:patient',
        'Appointment:actor',
        'AllergyIntolerance:patient',
        'Condition:patient',
        'MedicationRequest:patient',
        'Observation:patient',
      ],
    });
    expect(resources.at(-2)).not.toHaveProperty('supportedProfile');
  });

  it('defines each search parameter, those of AU Core by their own definitions', async () => {
    const resources = await resourcesOf(here.bed);
    const condition = resources.find(({ type }) => type === 'Condition');
    const patient = condition?.searchParam?.find(({ name }) => name === 'patient');
    expect(patient).toMatchObject({
      type: 'reference',
      definition: 'http://hl7.org.au/fhir/core/SearchParameter/au-core-clinical-patient',
    });
    const names = resources.map(({ searchParam = [] }) => searchParam.map(({ name }) => name));
    expect(names[0]).toEqual(
      expect.arrayContaining(['_id', '_lastUpdated', 'family', 'identifier']),
    );
    // Practitioners do not say when they were changed.
    expect(names[1]).not.toContain('_lastUpdated');
    for (const { documentation, definition } of resources.flatMap(
      (each) => each.searchParam ?? [],
    )) {
      expect(documentation).not.toBe('');
      expect(definition).toMatch(/^http:\/\/hl7\.org/);
    }
  });

  it('lists nothing that a strict caller is refused', async () => {
    const headers = { prefer: 'handling=strict' };
    const searches = (await resourcesOf(here.bed)).flatMap((resource) => [
      ...(resource.searchParam ?? []).map(
        ({ name, type }) =>
          `${resource.type}?${name}=${VALUES[name === '_lastUpdated' ? 'date' : type]}`,
      ),
      ...(resource.searchInclude ?? []).map((each) => `${resource.type}?_include=${each}`),
      ...(resource.searchRevInclude ?? []).map((each) => `${resource.type}?_revinclude=${each}`),
    ]);
    expect(searches.length).toBeGreaterThan(30);
    for (const search of searches) {
      const { status, json } = await here.bed.ask(search, { headers });
      expect({ search, status, issue: json.issue }).toMatchObject({ search, status: 200 });
    }
  });

  it('says of each operation where its definition is; those of its own are read there', async () => {
    const resources = await resourcesOf(here.bed);
    const operations = resources.flatMap(({ type, operation = [] }) =>
      operation.map(({ name, definition }) => ({ type, name, definition })),
    );
    expect(operations.map(({ type, name }) => `${type}/$${name}`)).toEqual([
      'Patient/$summary',
      'Slot/$find-free',
      'Appointment/$waitlist',
    ]);
    for (const { type, name, definition } of operations.slice(1)) {
      const { status, json, statements } = await here.bed.ask(definition);
      expect([status, statements]).toEqual([200, []]);
      expect(r4Problems(json)).toEqual([]);
      const { url, code, parameter } = json as unknown as OperationDefinition;
      expect([url, code]).toEqual([definition, name]);
      // Strict callers are refused for what they send, not for the parameters' names.
      const query = parameter
        .filter(({ use }) => use === 'in')
        .map((each) => `${each.name}=2024-06-10`);
      const answer = await here.bed.ask(`${type}/$${name}?${query.join('&')}`, {
        headers: { prefer: 'handling=strict' },
      });
      expect(answer.body).not.toMatch(/unknown|not supported/i);
    }
    expect(operations[0]?.definition).toBe(
      'http://hl7.org/fhir/uv/ips/OperationDefinition/summary',
    );
  });
});
