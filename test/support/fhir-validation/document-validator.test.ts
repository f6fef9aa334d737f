import { describe, expect, it } from 'vitest';
import { DocumentValidator } from './document-validator.ts';
import {
  fhirPackageFolder,
  readExamples,
  readSummaryPackages,
  SUMMARY_PACKAGES,
} from './fhir-packages.ts';

const AU_PS = 'http://hl7.org.au/fhir/ps/StructureDefinition/au-ps-bundle';
const IPS = 'http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips';
const folder = fhirPackageFolder(SUMMARY_PACKAGES);

interface Entry {
  fullUrl?: string;
  resource: Record<string, unknown>;
}
interface Document {
  readonly resourceType: string;
  readonly id: string;
  readonly entry: Entry[];
  readonly [member: string]: unknown;
}
interface Section {
  title: string;
  entry?: { reference: string }[];
  emptyReason?: unknown;
}

function firstOf({ entry }: Document, type: string): Record<string, unknown> {
  const found = entry.find(({ resource }) => resource['resourceType'] === type);
  if (found === undefined) throw new Error(`no ${type}`);
  return found.resource;
}

function section(document: Document, title: RegExp): Section {
  const sections = firstOf(document, 'Composition')['section'] as Section[];
  const found = sections.find((each) => title.test(each.title));
  if (found === undefined) throw new Error(`no section ${String(title)}`);
  return found;
}

describe.skipIf(folder === undefined)('the checks of documents, by the FHIR packages', () => {
  const checks = () => {
    if (folder === undefined) throw new Error('no packages');
    return new DocumentValidator(readSummaryPackages(folder));
  };
  const validator = folder === undefined ? undefined : checks();
  const documents = (start: string): Document[] =>
    folder === undefined
      ? []
      : readExamples(folder, start).filter(
          (each): each is Document => each['resourceType'] === 'Bundle',
        );
  const [auPs, ips] = [documents('au-ps-1.'), documents('ips-1.1.')];

  it.each([
    ['AU PS', auPs, AU_PS, 7],
    ['IPS', ips, IPS, 4],
  ])('find nothing wrong with the examples of %s', (_, all, profile, count) => {
    const wrong = all.flatMap((each) =>
      (validator?.problems(each, profile) ?? []).map((problem) => `${each.id}: ${problem}`),
    );
    expect(all).toHaveLength(count);
    expect(wrong).toEqual([]);
  });

  it.each<[fault: string, change: (document: Document) => void]>([
    [
      'sectionAllergies: 0 where 1 must be',
      (json) => {
        const composition = firstOf(json, 'Composition');
        const sections = composition['section'] as Section[];
        composition['section'] = sections.filter(({ title }) => !/Allerg/.test(title));
      },
    ],
    ['ips-comp-1', (json) => delete section(json, /Allerg/).entry],
    ['leads nowhere', (json) => json.entry.pop()],
    [
      'is none of Condition, DocumentReference',
      (json) => (section(json, /Problem/).entry = section(json, /Allerg/).entry ?? []),
    ],
    [
      'Bundle.entry:patient: 2 where 1 may be',
      (json) =>
        json.entry.push({
          fullUrl: 'urn:uuid:1',
          resource: structuredClone(firstOf(json, 'Patient')),
        }),
    ],
    ['bdl-ips-1', (json) => json.entry.push(structuredClone(json.entry[0] as Entry))],
    ['Bundle.entry.fullUrl: 0 where 1 must be', (json) => delete json.entry[2]?.fullUrl],
    ['ips-pat-1', (json) => (firstOf(json, 'Patient')['name'] = [{ use: 'usual' }])],
    // What a reference leads to has to fit the profile too.
    [
      'AllergyIntolerance.patient: urn:uuid',
      (json) => (firstOf(json, 'Patient')['name'] = [{ use: 'usual' }]),
    ],
    [
      'Condition.onset[x]: onsetString is of none of its types',
      (json) => {
        const condition = firstOf(json, 'Condition');
        delete condition['onsetDateTime'];
        condition['onsetString'] = 'as a child';
      },
    ],
    [
      'MedicationStatement.effective[x]: 0 where 1 must be',
      (json) => {
        const statement = firstOf(json, 'MedicationStatement');
        delete statement['effectiveDateTime'];
        delete statement['effectivePeriod'];
      },
    ],
  ])('find %s', (fault, change) => {
    const basic = auPs.find(({ id }) => id === 'aups-basicsummary');
    if (basic === undefined) throw new Error('no basic summary');
    const broken = structuredClone(basic);
    change(broken);
    expect(validator?.problems(broken, AU_PS)).toContainEqual(expect.stringContaining(fault));
  });

  it('tell which elements that must be supported no document had', () => {
    const one = checks();
    const empty = auPs.find(({ id }) => id === 'aups-section-emptyreason');
    one.problems(empty ?? {}, AU_PS);
    const { 'au-ps-composition': unseen = [] } = one.unseen(/au-ps-composition/);
    expect(unseen).toContain('Composition.section:sectionResults.text');
    expect(unseen).not.toContain('Composition.section:sectionAllergies.emptyReason');
  });
});
