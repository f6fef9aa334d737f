import type { Json } from './definition-types.ts';
import type { FhirDefinitions } from './fhir-packages.ts';
import { identifierProblems } from './identifier-rules.ts';
import { ProfileChecker } from './profile-checker.ts';
import { r4Problems } from './r4-structure.ts';
import { shapesOf } from './resource-shape.ts';
import { ValueSets } from './value-sets.ts';

/**
 * Checks resources against FHIR R4 and the profiles that they claim. Profiles and identifiers are checked for each;
 * R4's structure and the rules in FHIRPath, which are slow, for each resource that has a new shape.
 */
export class ResourceValidator {
  readonly #checker: ProfileChecker;
  readonly #shapes = new Set<string>();

  constructor(packages: FhirDefinitions) {
    this.#checker = new ProfileChecker(packages, new ValueSets(packages));
  }

  /** What is wrong; empty: nothing. */
  problems(resource: Json): string[] {
    const profiles = this.#profilesOf(resource);
    const isNew = this.#isNew(resource);
    return [
      ...profiles.flatMap((url) => this.#checker.check(url, resource)),
      ...identifierProblems(resource),
      ...(isNew ? r4Problems(resource) : []),
      ...(isNew ? profiles.flatMap((url) => this.#checker.broken(url, resource)) : []),
    ];
  }

  /** Elements that must be supported and that no resource of the profile had, for the profiles that were met. */
  unseen(): Readonly<Record<string, readonly string[]>> {
    return this.#checker.unseen(/\/au-core-/);
  }

  #isNew(resource: Json): boolean {
    const fresh = shapesOf(resource).filter((shape) => !this.#shapes.has(shape));
    for (const shape of fresh) this.#shapes.add(shape);
    return fresh.length > 0;
  }

  /** Claimed profiles of the packages; those of R4 itself are not among them. */
  #profilesOf(resource: Json): string[] {
    const { profile = [] } = (resource['meta'] ?? {}) as { profile?: readonly string[] };
    return profile.filter((url) => !url.startsWith('http://hl7.org/fhir/'));
  }
}
