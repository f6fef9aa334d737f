import type { Json } from './definition-types.ts';
import type { FhirDefinitions } from './fhir-packages.ts';
import { identifierProblems } from './identifier-rules.ts';
import { invariantsOf } from './invariants.ts';
import { ProfileChecker } from './profile-checker.ts';
import { mustSupportIds } from './profile-tree.ts';
import { r4Problems } from './r4-structure.ts';
import { shapesOf } from './resource-shape.ts';
import { ValueSets } from './value-sets.ts';

type Invariants = ReturnType<typeof invariantsOf>;

/**
 * Checks resources against FHIR R4 and the profiles that they claim. Profiles and identifiers are checked for each;
 * R4's structure and the rules in FHIRPath, which are slow, for each resource that has a new shape.
 */
export class ResourceValidator {
  readonly #checker: ProfileChecker;
  readonly #packages: FhirDefinitions;
  readonly #invariants = new Map<string, Invariants>();
  readonly #shapes = new Set<string>();

  constructor(packages: FhirDefinitions) {
    this.#packages = packages;
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
      ...(isNew ? profiles.flatMap((url) => this.#broken(url, resource)) : []),
    ];
  }

  /** Elements that must be supported and that no resource of the profile had, for the profiles that were met. */
  unseen(): Readonly<Record<string, readonly string[]>> {
    const profiles = [...this.#checker.seen].filter(([url]) => url.includes('/au-core-'));
    const missing = profiles.map(([url, seen]) => {
      const tree = this.#checker.tree(url);
      const wanted = tree === undefined ? [] : mustSupportIds(tree);
      const name = url.slice(url.lastIndexOf('/') + 1);
      return [name, wanted.filter((id) => !seen.has(id))] as const;
    });
    return Object.fromEntries(missing.filter(([, ids]) => ids.length > 0));
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

  #broken(url: string, resource: Json): string[] {
    return this.#invariantsOf(url)
      .filter((invariant) => !invariant.holds(resource))
      .map(({ key, human }) => `${key}: ${human}`);
  }

  #invariantsOf(url: string): Invariants {
    const known = this.#invariants.get(url);
    const profile = this.#packages.profiles.get(url);
    if (known !== undefined || profile === undefined) return known ?? [];
    const made = invariantsOf(profile);
    this.#invariants.set(url, made);
    return made;
  }
}
