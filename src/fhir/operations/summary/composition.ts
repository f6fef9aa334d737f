import type { FhirResource } from '../../interactions/index.ts';
import { jsonOf } from './element-reading.ts';
import { documentNarrative, sectionNarrative } from './narrative.ts';
import { addressOf } from './referenced-resources.ts';
import type { SectionEntries } from './section-entries.ts';
import type { Lookup } from './summary-lines.ts';
import type { SummaryProfile } from './summary-profiles.ts';
import { LANGUAGE } from './xhtml.ts';

/** What a Composition is made of. */
export interface CompositionParts {
  readonly id: string;
  /** The profile that it claims; left out when it fits none. */
  readonly profile?: SummaryProfile;
  readonly patient: FhirResource;
  readonly sections: readonly SectionEntries[];
  readonly lookup: Lookup;
  readonly baseUrl: string;
  /** When it was made: an instant. */
  readonly date: string;
  /** Address of the Device that is its author, and what that is called. */
  readonly author: { readonly reference: string; readonly display: string };
}

/** Rows that are not there say nothing about the patient: no section ever denies anything because it is empty. */
const UNAVAILABLE = {
  coding: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/list-empty-reason',
      code: 'unavailable',
      display: 'Unavailable',
    },
  ],
};

function loinc(code: string, display: string) {
  return { coding: [{ system: 'http://loinc.org', code, display }] };
}

function sectionOf(entries: SectionEntries, { lookup, baseUrl }: CompositionParts) {
  const { section, resources } = entries;
  const content =
    resources.length === 0
      ? { emptyReason: UNAVAILABLE }
      : { entry: resources.map((each) => ({ reference: `${baseUrl}/${addressOf(each)}` })) };
  return {
    title: section.title,
    code: loinc(section.code, section.display),
    text: sectionNarrative(entries, lookup),
    ...content,
  };
}

/** The organisation that keeps the patient's record, where the patient's resource names it and it is in the document. */
function custodianOf({ patient, lookup, baseUrl }: CompositionParts) {
  const { reference } = jsonOf(patient['managingOrganization']);
  const found = typeof reference === 'string' ? lookup(reference) : undefined;
  if (found?.resourceType !== 'Organization') return {};
  return { custodian: { reference: `${baseUrl}/${addressOf(found)}` } };
}

/** What the document tells of: the care up to now. Since when is not known. */
function careEvent(date: string) {
  const system = 'http://terminology.hl7.org/CodeSystem/v3-ActClass';
  return {
    code: [{ coding: [{ system, code: 'PCPR', display: 'care provision' }] }],
    period: { end: date },
  };
}

/** The first resource of the document. Its references are absolute, as it has no address on the server itself. */
export function summaryComposition(parts: CompositionParts): FhirResource {
  const { id, profile, patient, sections, baseUrl, date, author } = parts;
  return {
    resourceType: 'Composition',
    id,
    ...(profile ? { meta: { profile: [profile.composition] } } : {}),
    language: LANGUAGE,
    text: documentNarrative(patient, date),
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` },
    status: 'final',
    type: loinc('60591-5', 'Patient summary Document'),
    subject: { reference: `${baseUrl}/${addressOf(patient)}` },
    date,
    author: [author],
    title: 'Patient Summary',
    ...custodianOf(parts),
    event: [careEvent(date)],
    section: sections.map((each) => sectionOf(each, parts)),
  };
}
