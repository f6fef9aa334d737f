import { expect, it } from 'vitest';
import { BASE_URL, type BedAnswer, type FhirBed } from '../../../test/support/fhir-bed.ts';
import { describeDialects } from '../../../test/support/fhir-dialects.ts';
import { SMALL_PRACTICE_SCRIPT } from '../../../test/support/small-practice-script.ts';
import {
  type SummaryBundleJson,
  sectionsOf,
  summaryProblems,
} from '../../../test/support/summary-bundle.ts';

const AU_PS = 'http://hl7.org.au/fhir/ps/StructureDefinition/au-ps-bundle';
const IPS = 'http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips';
const JSON_BODY = { 'content-type': 'application/fhir+json' };

const [PROBLEMS, ALLERGIES, MEDICATIONS, VITALS, PAST] = [
  '11450-4',
  '48765-2',
  '10160-0',
  '8716-3',
  '11348-0',
] as const;

function bundleOf({ json }: BedAnswer): SummaryBundleJson {
  return json as unknown as SummaryBundleJson;
}

async function summaryOf(bed: FhirBed, address: string): Promise<SummaryBundleJson> {
  const answer = await bed.ask(address);
  expect(answer.status).toBe(200);
  return bundleOf(answer);
}

const addresses = (bundle: SummaryBundleJson) => bundle.entry.map(({ fullUrl }) => fullUrl);

describeDialects('Patient/$summary', (here) => {
  it('is a document of which every part is there', async () => {
    const bundle = await summaryOf(here.bed, 'Patient/7/$summary');
    expect(summaryProblems(bundle)).toEqual([]);
    expect(bundle.meta?.profile).toEqual([IPS]);
    expect(
      addresses(bundle)
        .filter((url) => url.startsWith('http'))
        .toSorted(),
    ).toEqual(
      [
        'AllergyIntolerance/1',
        'Condition/14',
        'Condition/15',
        'Medication/1',
        'MedicationRequest/1',
        'Observation/7',
        'Patient/7',
        'Practitioner/2',
        'Practitioner/3',
      ].map((address) => `${BASE_URL}/${address}`),
    );
    expect(bundle.entry[0]?.resource).toMatchObject({
      type: { coding: [{ system: 'http://loinc.org', code: '60591-5' }] },
      subject: { reference: `${BASE_URL}/Patient/7` },
      date: '2024-06-01T00:00:00.000Z',
      author: [{ display: 'Parhelion' }],
      title: 'Patient Summary',
      status: 'final',
      event: [
        { code: [{ coding: [{ code: 'PCPR' }] }], period: { end: '2024-06-01T00:00:00.000Z' } },
      ],
    });
    expect(bundle.entry[1]?.resource).toMatchObject({ resourceType: 'Patient', id: '7' });
    expect(bundle.entry[2]?.resource).toMatchObject({
      resourceType: 'Device',
      deviceName: [{ name: 'Parhelion' }],
    });
  });

  it('puts each resource into its section, and tells it in the text', async () => {
    const sections = sectionsOf(await summaryOf(here.bed, 'Patient/7/$summary'));
    const entries = [...sections].map(([code, { entry = [] }]) => [
      code,
      entry.map(({ reference }) => reference.slice(BASE_URL.length + 1)),
    ]);
    expect(entries).toEqual([
      [PROBLEMS, ['Condition/14']],
      [ALLERGIES, ['AllergyIntolerance/1']],
      [MEDICATIONS, ['MedicationRequest/1']],
      [VITALS, ['Observation/7']],
      [PAST, ['Condition/15']],
    ]);
    const text = (code: string) => sections.get(code)?.text.div ?? '';
    expect(text(PROBLEMS)).toContain('<td>Hypertension</td><td>active</td><td>2020-03-08</td>');
    expect(text(ALLERGIES)).toContain('<td>Rash; Wheeze</td>');
    // The name of the medicine stands in a resource that was referred to.
    expect(text(MEDICATIONS)).toContain('<td>Perindopril 4 mg</td><td>one each morning</td>');
    expect(text(VITALS)).toContain('<td>67.5 kg</td>');
  });

  it('shows neither what was entered in error nor what was refuted', async () => {
    const { json, body } = await here.bed.ask('Patient/7/$summary');
    expect(json.resourceType).toBe('Bundle');
    expect(body).not.toMatch(/Latex|Egg|Old drug/);
  });

  it('lists no medicine that must not be given', async () => {
    const changeFiles = changed('MedicationRequest', { doNotPerform: true });
    const use = async (bed: FhirBed) => {
      const sections = sectionsOf(await summaryOf(bed, 'Patient/7/$summary'));
      expect(sections.get(MEDICATIONS)?.entry).toBeUndefined();
    };
    await here.withOther(SMALL_PRACTICE_SCRIPT, use, { changeFiles });
  });

  it('denies nothing because rows are missing, and tells what is known to be absent', async () => {
    const bundle = await summaryOf(here.bed, `Patient/8/$summary?profile=${AU_PS}`);
    expect(summaryProblems(bundle)).toEqual([]);
    expect(bundle.meta?.profile).toEqual([AU_PS]);
    const medications = sectionsOf(bundle).get(MEDICATIONS);
    expect(medications?.emptyReason?.coding[0].code).toBe('unavailable');
    expect(medications?.text.div).toContain('Whether there are any is not known');
    const allergies = sectionsOf(bundle).get(ALLERGIES);
    expect(allergies?.entry).toEqual([{ reference: `${BASE_URL}/AllergyIntolerance/4` }]);
    expect(allergies?.text.div).toContain('<td>No known allergy</td>');
  });

  it('claims the profile that was asked for, or IPS, where it fits', async () => {
    for (const [profile, claimed] of [
      [AU_PS, AU_PS],
      [`${AU_PS}|1.0.0`, AU_PS],
      ['http://hl7.org.au/fhir/ps/StructureDefinition/au-ps-composition', AU_PS],
      [IPS, IPS],
      ['http://example.org/other', IPS],
    ]) {
      const query = `Patient/7/$summary?profile=${encodeURIComponent(profile ?? '')}`;
      const bundle = await summaryOf(here.bed, query);
      expect(bundle.meta?.profile).toEqual([claimed]);
    }
    // IPS 1.1.0 wants an entry in each required section.
    const bundle = await summaryOf(here.bed, 'Patient/8/$summary');
    expect(bundle.meta).toBeUndefined();
    expect(bundle.entry[0]?.resource).not.toHaveProperty('meta');
  });

  it('claims for each entry what follows from the claim of the mapping', async () => {
    const claims = ({ entry }: SummaryBundleJson) =>
      entry.flatMap(({ resource: { resourceType, meta } }) => {
        const { profile = [] } = (meta ?? {}) as { profile?: readonly string[] };
        return profile.map((url) => `${String(resourceType)}: ${url.replace(/.*\//, '')}`);
      });
    const auPs = claims(await summaryOf(here.bed, `Patient/7/$summary?profile=${AU_PS}`));
    expect(auPs).toContain('Condition: au-core-condition');
    expect(auPs).toContain('Condition: au-ps-condition');
    expect(auPs).toContain('Medication: au-ps-medication');
    const ips = claims(await summaryOf(here.bed, 'Patient/7/$summary'));
    expect(ips).toContain('Condition: Condition-uv-ips');
    const claimsNothing = (files: Record<string, unknown>) =>
      delete (files['Condition.json'] as { profile?: unknown }).profile;
    const use = async (bed: FhirBed) => {
      const bundle = await summaryOf(bed, `Patient/7/$summary?profile=${AU_PS}`);
      expect(bundle.meta).toBeUndefined();
      expect(claims(bundle)).toContain('Patient: au-ps-patient');
      expect(claims(bundle).filter((each) => /^(Condition|Composition)/.test(each))).toEqual([]);
    };
    await here.withOther(SMALL_PRACTICE_SCRIPT, use, { changeFiles: claimsNothing });
  });

  it('takes a statement for each section, child relation and type referred to', async () => {
    const { statements, steps } = await here.bed.ask('Patient/7/$summary');
    const [patient, patientChildren] = [1, 2];
    // Conditions of two sections, Observations of three, allergies with their reactions, prescriptions.
    const [sources, children] = [7, 1];
    // Practitioners with their numbers, the medicine; the reason stands in a section already.
    const [referredTypes, childrenOfThese] = [2, 1];
    expect(statements).toHaveLength(
      patient + patientChildren + sources + children + referredTypes + childrenOfThese,
    );
    expect(steps).toBe(6);
  });

  it('finds the patient by an identifier, however the parameter is spelt and sent', async () => {
    const identifier = { system: 'urn:mrn', value: 'M7' };
    const bodies = ['identifier', 'identifer'].map((name) => ({
      resourceType: 'Parameters',
      parameter: [
        { name, valueIdentifier: identifier },
        { name: 'profile', valueUri: AU_PS },
      ],
    }));
    const answers = [
      await here.bed.ask('Patient/$summary?identifier=urn:mrn|M7'),
      await here.bed.ask('Patient/$summary?identifer=urn:mrn|M7', { method: 'POST' }),
      await here.bed.ask('Patient/$summary', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'identifier=urn%3Amrn%7CM7',
      }),
    ];
    for (const body of bodies) {
      const request = { method: 'POST', headers: JSON_BODY, body: JSON.stringify(body) } as const;
      answers.push(await here.bed.ask('Patient/$summary', request));
    }
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(addresses(bundleOf(answer))[1]).toBe(`${BASE_URL}/Patient/7`);
    }
    expect(bundleOf(answers.at(-1) as BedAnswer).meta?.profile).toEqual([AU_PS]);
  });

  it.each([
    ['Patient/99/$summary', 404, undefined],
    ['Patient/x/$summary', 404, undefined],
    ['Patient/6/$summary', 410, undefined],
    ['Patient/$summary', 400, 'identifier'],
    ['Patient/$summary?identifier=M7', 400, 'identifier'],
    ['Patient/$summary?identifier=|M7', 400, 'identifier'],
    ['Patient/$summary?identifer=urn:mrn|', 400, 'identifer'],
    ['Patient/$summary?identifier=urn:mrn|M7&identifer=urn:mrn|M8', 400, 'identifer'],
    ['Patient/$summary?identifier=urn:mrn|M7&identifier=urn:mrn|M8', 400, 'identifier'],
    ['Patient/$summary?identifier=urn:mrn|none', 404, 'identifier'],
    ['Patient/$summary?identifier=urn:mrn|M7,urn:mrn|M8', 412, 'identifier'],
    // A deleted patient is not found.
    ['Patient/$summary?identifier=urn:mrn|M6', 404, 'identifier'],
    ['Practitioner/1/$summary', 404, undefined],
  ])('answers %s with %d', async (address, status, name) => {
    const answer = await here.bed.ask(address);
    expect(answer).toMatchObject({ status, json: { resourceType: 'OperationOutcome' } });
    const expression = name === undefined ? undefined : [`http.${name}`];
    expect(answer.json.issue[0]?.expression).toEqual(expression);
  });

  it('is refused where two patients have the number, not where one has it twice', async () => {
    const ask = (...rows: string[]) => {
      const numbers = `INSERT INTO "PatientNumbers" VALUES ${rows.join(', ')};`;
      const use = (bed: FhirBed) => bed.ask('Patient/$summary?identifier=urn:mrn|M7');
      return here.withOther(`${SMALL_PRACTICE_SCRIPT} ${numbers}`, use);
    };
    const twice = await ask("(900, 7, 'urn:mrn', 'M7')");
    expect([twice.status, addresses(bundleOf(twice))[1]]).toEqual([200, `${BASE_URL}/Patient/7`]);
    const two = await ask("(900, 7, 'urn:mrn', 'M7')", "(901, 8, 'urn:mrn', 'M7')");
    expect(two).toMatchObject({
      status: 412,
      json: { issue: [{ code: 'multiple-matches', expression: ['http.identifier'] }] },
    });
  });

  it('refuses a body that is no Parameters resource', async () => {
    const post = (body: string, type = 'application/fhir+json') =>
      here.bed.ask('Patient/7/$summary', {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
    expect((await post('{"resourceType":"Patient"}')).status).toBe(400);
    expect((await post('{')).status).toBe(400);
    expect((await post('<Parameters/>', 'application/fhir+xml')).status).toBe(415);
    expect((await post('{"resourceType":"Parameters"}')).status).toBe(200);
  });

  it('lets no text of the database become markup', async () => {
    const script = SMALL_PRACTICE_SCRIPT.replaceAll('Hypertension', '<script>a & b</script>')
      .replaceAll('Perindopril', '"><img src=x>')
      .replaceAll("'Ng'", "'</div><b>'");
    await here.withOther(script, async (bed) => {
      const bundle = await summaryOf(bed, 'Patient/7/$summary');
      expect(summaryProblems(bundle)).toEqual([]);
      const div = sectionsOf(bundle).get(PROBLEMS)?.text.div;
      expect(div).toContain('<td>&lt;script&gt;a &amp; b&lt;/script&gt;</td>');
      expect(JSON.stringify(bundle.entry[0])).not.toMatch(/<(script|img|b)\b/);
    });
  });

  it('stays bounded, and says when there is more', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, index) =>
        `(${100 + index}, 7, 'X', '${index}.00', 'kg', '2023-01-${10 + (index % 20)}T08:00:00')`,
    );
    const script = `${SMALL_PRACTICE_SCRIPT} INSERT INTO "Observations" VALUES ${rows.join(', ')};`;
    await here.withOther(script, async (bed) => {
      const bundle = await summaryOf(bed, 'Patient/7/$summary');
      const vitals = sectionsOf(bundle).get(VITALS);
      expect(vitals?.entry).toHaveLength(50);
      // The newest.
      expect(vitals?.entry?.[0]).toEqual({ reference: `${BASE_URL}/Observation/7` });
      expect(vitals?.text.div).toContain('More is recorded than can be shown');
    });
  });

  it('follows references as long as they lead on, and names what lies beyond', async () => {
    const changeFiles = changed('Patient', {
      managingOrganization: { reference: 'Organization/1' },
    });
    const use = async (bed: FhirBed) => {
      const bundle = await summaryOf(bed, 'Patient/7/$summary');
      expect(summaryProblems(bundle)).toEqual([]);
      expect(bundle.entry[0]?.resource).toMatchObject({
        custodian: { reference: `${BASE_URL}/Organization/1` },
      });
      const organizations = bundle.entry
        .map(({ resource }) => resource)
        .filter(({ resourceType }) => resourceType === 'Organization');
      expect(organizations.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
      expect(organizations.at(-1)?.['partOf']).toEqual({
        type: 'Organization',
        identifier: { system: 'urn:ietf:rfc:3986', value: `${BASE_URL}/Organization/9` },
      });
    };
    await here.withOther(SMALL_PRACTICE_SCRIPT, use, { changeFiles });
  });

  it('only names what is not there, what is elsewhere, other patients, and what is no part of a summary', async () => {
    const changeFiles = changed('Patient', {
      managingOrganization: { reference: 'https://other.example/fhir/Organization/1' },
      link: [{ other: { reference: 'Patient/8', display: 'A twin' }, type: 'seealso' }],
      generalPractitioner: [
        { reference: 'Practitioner/99', identifier: { system: 'urn:provider', value: 'P-99' } },
        { reference: `${BASE_URL}/Practitioner/1` },
      ],
      contact: [{ organization: { reference: 'Schedule/1' } }],
    });
    const use = async (bed: FhirBed) => {
      const bundle = await summaryOf(bed, 'Patient/7/$summary');
      expect(summaryProblems(bundle)).toEqual([]);
      const uri = (value: string) => ({ system: 'urn:ietf:rfc:3986', value });
      expect(bundle.entry[1]?.resource).toMatchObject({
        managingOrganization: { identifier: uri('https://other.example/fhir/Organization/1') },
        link: [
          {
            other: {
              type: 'Patient',
              identifier: uri(`${BASE_URL}/Patient/8`),
              display: 'A twin',
            },
          },
        ],
        generalPractitioner: [
          { type: 'Practitioner', identifier: { system: 'urn:provider', value: 'P-99' } },
          { reference: `${BASE_URL}/Practitioner/1` },
        ],
        contact: [
          { organization: { type: 'Schedule', identifier: uri(`${BASE_URL}/Schedule/1`) } },
        ],
      });
      expect(bundle.entry[0]?.resource).not.toHaveProperty('custodian');
    };
    await here.withOther(SMALL_PRACTICE_SCRIPT, use, { changeFiles });
  });
});

/** Gives the resources of a type in the mapping other elements. */
function changed(type: string, elements: Record<string, unknown>) {
  return (files: Record<string, unknown>) => {
    const file = files[`${type}.json`] as { resource: Record<string, unknown> };
    Object.assign(file.resource, elements);
  };
}
