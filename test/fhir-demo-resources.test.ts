import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from './support/fhir-validation/definition-types.ts';
import { DemoResources } from './support/fhir-validation/demo-resources.ts';
import {
  fhirPackageFolder,
  readAuCoreResponder,
  readFhirPackages,
} from './support/fhir-validation/fhir-packages.ts';
import { r4Problems } from './support/fhir-validation/r4-structure.ts';
import { ResourceValidator } from './support/fhir-validation/resource-validator.ts';
import unseen from './support/fhir-validation/unseen-elements.json' with { type: 'json' };
import { copyPractice } from './support/practice-copy.ts';

const folder = mkdtempSync(join(tmpdir(), 'fhir-demo-'));
const packageFolder = fhirPackageFolder();
const resources = new Map<string, readonly Json[]>();
let demo: DemoResources;

beforeAll(() => {
  demo = new DemoResources(copyPractice(folder));
  for (const type of demo.mapping.resources.keys()) resources.set(type, [...demo.ofType(type)]);
}, 120_000);

afterAll(() => {
  demo[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

const all = (type: string) => resources.get(type) ?? [];

function resource(type: string, id: string): Json {
  const found = all(type).find((each) => each['id'] === id);
  if (found === undefined) throw new Error(`no ${type}/${id}`);
  return found;
}

const absent = {
  extension: [
    {
      url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
      valueCode: 'unknown',
    },
  ],
};

describe.skipIf(packageFolder === undefined)(
  'all resources of the demo practice, by the FHIR packages',
  () => {
    const validator = new ResourceValidator(
      packageFolder === undefined
        ? { profiles: new Map(), valueSets: new Map(), codeSystems: new Map() }
        : readFhirPackages(packageFolder),
    );

    it('are valid by FHIR R4 and by the profiles that they claim', () => {
      const wrong = new Map<string, string>();
      for (const [type, list] of resources) {
        if (list.length === 0) wrong.set(type, `${type}: no resources`);
        for (const each of list) {
          for (const problem of validator.problems(each)) {
            const kind = `${type}: ${problem.replaceAll(/\d+/g, '9')}`;
            if (!wrong.has(kind)) wrong.set(kind, `${type}/${String(each['id'])}: ${problem}`);
          }
        }
      }
      expect([...wrong.values()]).toEqual([]);
    }, 120_000);

    it('have each element that must be supported, but for those that the practice does not record', () => {
      expect(validator.unseen()).toEqual(unseen);
    });

    it('can be searched by every parameter that AU Core names', () => {
      const wanted = readAuCoreResponder(packageFolder ?? '');
      const missing = wanted.flatMap(({ type, searchParam = [] }) => {
        const search = demo.mapping.resources.get(type)?.search;
        return searchParam
          .filter(({ name }) => name !== '_id' && search?.has(name) !== true)
          .map(({ name }) => `${type}.${name}`);
      });
      expect(wanted.length).toBeGreaterThan(10);
      expect(missing).toEqual([]);
    });
  },
);

describe('references', () => {
  it('lead to resources that are there', () => {
    const known = new Set(
      [...resources].flatMap(([type, list]) => list.map(({ id }) => `${type}/${String(id)}`)),
    );
    const dangling = new Set<string>();
    for (const list of resources.values()) {
      for (const each of list) {
        const contained = ((each['contained'] ?? []) as Json[]).map(({ id }) => `#${String(id)}`);
        for (const reference of referencesIn(each)) {
          if (known.has(reference) || contained.includes(reference)) continue;
          dangling.add(`${String(each['resourceType'])}/${String(each['id'])} → ${reference}`);
        }
      }
    }
    expect([...dangling].slice(0, 20)).toEqual([]);
  });
});

/** References of any depth, and addresses of attachments. */
function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const isReference =
      name === 'reference' || (name === 'url' && String(member).startsWith('Binary/'));
    return isReference && typeof member === 'string' ? [member] : referencesIn(member);
  });
}

describe('what is missing', () => {
  it('is said where AU Core demands it', () => {
    expect(resource('Patient', '11')).toMatchObject({ _birthDate: absent });
    expect(resource('Patient', '11')).not.toHaveProperty('birthDate');
    expect(resource('Patient', '30')['name']).toEqual([absent]);
    expect(resource('Patient', '29')['name']).toMatchObject([
      { given: expect.arrayContaining(['Teller']), _family: absent },
    ]);
    expect(resource('Patient', '19')['identifier']).toEqual([absent]);
    expect(resource('Patient', '13')['gender']).toBe('unknown');
  });

  it.each([
    ['MedicationRequest', '_authoredOn'],
    ['Immunization', '_occurrenceDateTime'],
    ['Observation', '_effectiveDateTime'],
  ])('is said in %s by %s', (type, element) => {
    const some = all(type).filter((each) => element in each);
    expect(some.length).toBeGreaterThan(0);
    for (const each of some) expect(each[element]).toEqual(absent);
  });

  it('leaves no allergy without a clinical status, but for those entered in error', () => {
    for (const each of all('AllergyIntolerance')) {
      const isError = JSON.stringify(each['verificationStatus'] ?? {}).includes('entered-in-error');
      expect('clinicalStatus' in each).toBe(!isError);
    }
  });
});

describe('identifiers', () => {
  const identifier = (id: string, system: string) =>
    (resource('Patient', id)['identifier'] as Json[]).find((each) =>
      String(each['system']).includes(system),
    );

  it('are sent as they are stored, and typed only when their digits are right', () => {
    expect(identifier('15', '/ihi/')).toMatchObject({
      value: '8003608166690503',
      type: { coding: [{ code: 'NI' }] },
    });
    expect(identifier('20', '/ihi/')).toMatchObject({ value: '8003608166690504' });
    expect(identifier('20', '/ihi/')).not.toHaveProperty('type');
    expect(identifier('21', '/medicare-number')).toMatchObject({ value: '21234567811' });
    expect(identifier('21', '/medicare-number')).not.toHaveProperty('type');
    expect(identifier('36', '/dva')).toMatchObject({
      value: 'NX144963',
      type: { coding: [{ code: 'DVG' }] },
    });
  });
});

describe('times', () => {
  it('have the offset of the clocks in Sydney, also at half past two when clocks change', () => {
    const temperatures = all('Observation')
      .filter((each) => JSON.stringify(each['subject']) === '{"reference":"Patient/33"}')
      .map((each) => String(each['effectiveDateTime']))
      .filter((time) => /T0[23]:30:00/.test(time));
    // A time that clocks skip is moved over the gap; of one that they show twice it is the first.
    expect(temperatures.map((time) => time.slice(10)).toSorted()).toEqual([
      'T02:30:00+11:00',
      'T03:30:00+11:00',
    ]);
  });
});

describe('documents', () => {
  it('have an attachment for each page, whose size is that of its Binary', () => {
    const pages = resource('DocumentReference', '4')['content'] as Json[];
    expect(pages.map(({ attachment }) => (attachment as Json)['url'])).toEqual([
      'Binary/4-1',
      'Binary/4-2',
      'Binary/4-3',
    ]);
    for (const { attachment } of pages) {
      const { url, size, contentType } = attachment as Record<string, unknown>;
      const binary = resource('Binary', String(url).slice('Binary/'.length));
      expect(binary['contentType']).toBe(contentType);
      expect(Buffer.from(String(binary['data']), 'base64')).toHaveLength(Number(size));
    }
  });
});

describe('medication statements with their requests', () => {
  it('contain them where the site wants it, and are valid', () => {
    const settings = { medicationStatementWithRequests: true };
    using other = new DemoResources(copyPractice(join(folder, 'contained')), settings);
    const statements = [...other.ofType('MedicationStatement')];
    const full = statements.filter((each) => 'contained' in each);
    expect(full.length).toBeGreaterThan(100);
    for (const each of full.slice(0, 300)) {
      const contained = each['contained'] as Json[];
      expect(each['basedOn']).toEqual(contained.map(({ id }) => ({ reference: `#${String(id)}` })));
      expect([each, ...contained].flatMap(r4Problems)).toEqual([]);
    }
    expect(all('MedicationStatement').some((each) => 'contained' in each)).toBe(false);
  }, 60_000);
});

describe('searches', () => {
  const medicare = 'http://ns.electronichealth.net.au/id/medicare-number';

  it('find a Medicare number as it is sent, with its line', () => {
    expect(demo.search('Patient', `identifier=${medicare}|21234567811`)).toEqual(['21']);
    expect(demo.search('Patient', 'identifier=21234567811')).toEqual(['21']);
    expect(demo.search('Patient', `identifier=${medicare}|21234567812`)).toEqual([]);
    expect(demo.search('Patient', `identifier=${medicare}|2123456781`)).toEqual([]);
  });

  it('find what stands behind a prefix as it is sent, and not without it', () => {
    const [request] = all('MedicationRequest').filter((each) => 'identifier' in each);
    const [{ value } = { value: '' }] = (request?.['identifier'] ?? []) as { value: string }[];
    expect(demo.search('MedicationRequest', `identifier=${value}`)).toEqual([request?.['id']]);
    expect(
      demo.search('MedicationRequest', `identifier=${value.slice('urn:uuid:'.length)}`),
    ).toEqual([]);
  });

  it('compare a time that is known with the time, not with its day', () => {
    const timed = all('Procedure').find((each) => 'performedPeriod' in each);
    const { start } = (timed?.['performedPeriod'] ?? {}) as { start: string };
    const patient = String((timed?.['subject'] as Json | undefined)?.['reference']);
    const day = start.slice(0, 10);
    const find = (date: string) => demo.search('Procedure', `patient=${patient}&date=${date}`);
    expect(find(day)).toContain(timed?.['id']);
    expect(find(`gt${day}T23:59:00+11:00`)).not.toContain(timed?.['id']);
  });

  it('find an observation by patient and code, and a panel by its member', () => {
    const panel = all('Observation').find((each) => 'hasMember' in each);
    const patient = String((panel?.['subject'] as Json | undefined)?.['reference']);
    const [member] = (panel?.['hasMember'] ?? []) as { reference: string }[];
    expect(
      demo.search('Observation', `patient=${patient}&has-member=${member?.reference ?? ''}`),
    ).toEqual([panel?.['id']]);
    expect(demo.search('Observation', 'code=http://loinc.org|9843-4').length).toBeGreaterThan(5);
  });
});
