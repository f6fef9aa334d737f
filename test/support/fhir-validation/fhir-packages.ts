import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CodeSystem, Json, StructureDefinition, ValueSet } from './definition-types.ts';
import { readTarball } from './tar-file.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Where the packages of AU Core and AU Base are: `PARHELION_FHIR_PACKAGES`, or `../shared/fhir` beside the project.
 * Undefined where they are not; they are no part of the project.
 */
export function fhirPackageFolder(): string | undefined {
  const folder = process.env['PARHELION_FHIR_PACKAGES'] ?? join(root, '../shared/fhir');
  return existsSync(folder) && tarballs(folder).length === wanted.length ? folder : undefined;
}

const wanted = [/^au-core-2\..*\.tgz$/, /^au-base-6\..*\.tgz$/];

function tarballs(folder: string): string[] {
  const files = readdirSync(folder);
  return wanted.flatMap((pattern) => files.filter((file) => pattern.test(file)).slice(0, 1));
}

/** Definitions by their canonical address. */
export interface FhirDefinitions {
  readonly profiles: ReadonlyMap<string, StructureDefinition>;
  readonly valueSets: ReadonlyMap<string, ValueSet>;
  readonly codeSystems: ReadonlyMap<string, CodeSystem>;
}

/** Profiles, value sets and code systems of the packages in a folder. Examples are left out. */
export function readFhirPackages(folder: string): FhirDefinitions {
  const profiles = new Map<string, StructureDefinition>();
  const valueSets = new Map<string, ValueSet>();
  const codeSystems = new Map<string, CodeSystem>();
  for (const file of tarballs(folder)) {
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

interface Capability {
  readonly type: string;
  readonly searchParam?: readonly { readonly name: string }[];
}

/** What AU Core wants of a responder, for each resource type. */
export function readAuCoreResponder(folder: string): readonly Capability[] {
  const [file = ''] = tarballs(folder);
  const name = 'package/CapabilityStatement-au-core-responder.json';
  const entry = [...readTarball(join(folder, file))].find((each) => each.name === name);
  const { rest } = JSON.parse(entry?.text() ?? '{}') as {
    rest: readonly { resource: readonly Capability[] }[];
  };
  return rest.flatMap(({ resource }) => resource);
}

/** The examples of AU Core, which its authors say are right. */
export function readAuCoreExamples(folder: string): Json[] {
  const [file = ''] = tarballs(folder);
  return [...readTarball(join(folder, file))]
    .filter(({ name }) => /^package\/example\/[^/]+\.json$/.test(name))
    .map((entry) => JSON.parse(entry.text()) as Json);
}
