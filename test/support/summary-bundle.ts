import { isWellFormed } from './well-formed.ts';

type Json = Readonly<Record<string, unknown>>;

/** A section of a patient summary. */
export interface SummarySectionJson extends Json {
  readonly title: string;
  readonly code: { readonly coding: readonly [{ readonly code: string }] };
  readonly text: { readonly status: string; readonly div: string };
  readonly entry?: readonly { readonly reference: string }[];
  readonly emptyReason?: { readonly coding: readonly [{ readonly code: string }] };
}

/** A patient summary, as far as tests look into it. */
export interface SummaryBundleJson extends Json {
  readonly type: string;
  readonly identifier: { readonly system: string; readonly value: string };
  readonly meta?: { readonly profile: readonly string[] };
  readonly entry: readonly { readonly fullUrl: string; readonly resource: Json }[];
}

const REQUIRED_SECTIONS = ['11450-4', '48765-2', '10160-0'];

/** The Composition's sections by their codes. */
export function sectionsOf({ entry }: SummaryBundleJson): Map<string, SummarySectionJson> {
  const sections = (entry[0]?.resource['section'] ?? []) as readonly SummarySectionJson[];
  return new Map(sections.map((section) => [section.code.coding[0].code, section]));
}

/** Every `reference` in a value. */
function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
    name === 'reference' && typeof member === 'string' ? [member] : referencesIn(member),
  );
}

/** Where a reference of an entry leads: R4 §3.1.5.2.1, resolving references in Bundles. */
function targetOf(reference: string, fullUrl: string): string | undefined {
  if (/^[a-z]+:/.test(reference)) return reference;
  const base = /^(https?:.*)\/[A-Z][A-Za-z]*\/[A-Za-z0-9\-.]+$/.exec(fullUrl)?.[1];
  return base === undefined ? undefined : `${base}/${reference}`;
}

function referenceProblems({ entry }: SummaryBundleJson): string[] {
  const urls = new Set(entry.map(({ fullUrl }) => fullUrl));
  return entry.flatMap(({ fullUrl, resource }) =>
    referencesIn(resource)
      .filter((reference) => !reference.startsWith('#'))
      .filter((reference) => {
        const target = targetOf(reference, fullUrl);
        return target === undefined || !urls.has(target);
      })
      .map((reference) => `${fullUrl}: ${reference} leads nowhere`),
  );
}

function sectionProblems(bundle: SummaryBundleJson): string[] {
  const sections = sectionsOf(bundle);
  const missing = REQUIRED_SECTIONS.filter((code) => !sections.has(code));
  return [
    ...missing.map((code) => `section ${code} is missing`),
    ...[...sections.values()].flatMap(({ title, text, entry = [], emptyReason }) => [
      ...(title ? [] : ['a section has no title']),
      ...(isWellFormed(text.div) ? [] : [`${title}: the narrative is not well-formed`]),
      ...(text.status === 'generated' ? [] : [`${title}: no generated text`]),
      ...(entry.length > 0 === (emptyReason === undefined) ? [] : [`${title}: ips-comp-1`]),
    ]),
  ];
}

/** References that only name something: the addresses that they name, with the types. */
export function namedIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { type, identifier, reference } = value as Json;
  const { system, value: address } = (identifier ?? {}) as Json;
  const isNamed = reference === undefined && system === 'urn:ietf:rfc:3986';
  return [
    ...(isNamed && !('resourceType' in value) ? [`${String(type)}: ${String(address)}`] : []),
    ...Object.values(value).flatMap(namedIn),
  ];
}

/** Entries that are not what their addresses say, or not the only ones of their type and id. */
function identityProblems({ entry }: SummaryBundleJson): string[] {
  const names = entry.map(
    ({ resource }) => `${String(resource['resourceType'])}/${String(resource['id'])}`,
  );
  return entry.flatMap(({ fullUrl, resource }, index) => {
    const name = names[index] ?? '';
    const isRight =
      fullUrl.endsWith(`/${name}`) || fullUrl === `urn:uuid:${String(resource['id'])}`;
    return [
      ...(isRight ? [] : [`${name} is not what ${fullUrl} says`]),
      ...(names.indexOf(name) === index ? [] : [`${name} occurs twice`]),
    ];
  });
}

/**
 * What is wrong with a patient summary by the rules of R4's documents, IPS and AU PS that a profile's structure does
 * not say; empty: nothing.
 */
export function summaryProblems(bundle: SummaryBundleJson): string[] {
  const { entry, type, identifier } = bundle;
  const types = entry.map(({ resource }) => String(resource['resourceType']));
  const urls = entry.map(({ fullUrl }) => fullUrl);
  const count = (wanted: string) => types.filter((each) => each === wanted).length;
  const composition = entry[0]?.resource ?? {};
  return [
    ...(type === 'document' ? [] : ['it is no document']),
    ...(identifier.system && identifier.value ? [] : ['bdl-9: no identifier']),
    ...(typeof bundle['timestamp'] === 'string' ? [] : ['bdl-10: no timestamp']),
    ...(types[0] === 'Composition' ? [] : ['bdl-11: the first entry is no Composition']),
    ...(count('Composition') === 1 ? [] : ['bdl-ips-1: more than one Composition']),
    ...(count('Patient') === 1 ? [] : ['not exactly one Patient']),
    ...(new Set(urls).size === urls.length ? [] : ['bdl-7: an address occurs twice']),
    ...(urls.every((url) => /^(https?|urn:uuid):/.test(url)) ? [] : ['a fullUrl is not absolute']),
    ...(entry.some((each) => 'search' in each || 'request' in each) ? ['bdl-2, bdl-3'] : []),
    ...(Array.isArray(composition['author']) ? [] : ['no author']),
    ...identityProblems(bundle),
    ...referenceProblems(bundle),
    ...sectionProblems(bundle),
  ];
}
