import type { Json, StructureDefinition } from './definition-types.ts';
import type { FhirDefinitions } from './fhir-packages.ts';
import { type Invariant, invariantsOf } from './invariants.ts';
import { ProfileRun } from './profile-run.ts';
import { mustSupportIds, type ProfileNode, profileTree } from './profile-tree.ts';
import { ReferenceScope } from './reference-scope.ts';
import type { ValueSets } from './value-sets.ts';

/** Checks resources against profiles: cardinalities, fixed values, patterns, slices, required codes, targets. */
export class ProfileChecker {
  readonly valueSets: ValueSets;
  readonly #profiles: ReadonlyMap<string, StructureDefinition>;
  /** Ids of the elements that had a value, by profile. */
  readonly #seen = new Map<string, Set<string>>();
  readonly #trees = new Map<string, ProfileNode>();
  readonly #invariants = new Map<string, readonly Invariant[]>();

  constructor({ profiles }: FhirDefinitions, valueSets: ValueSets) {
    this.#profiles = profiles;
    this.valueSets = valueSets;
  }

  /** The elements of a profile; undefined for one that the packages do not have. */
  tree(url: string): ProfileNode | undefined {
    const known = this.#trees.get(url);
    const profile = this.#profiles.get(url);
    if (known !== undefined || profile === undefined) return known;
    const tree = profileTree(profile);
    this.#trees.set(url, tree);
    return tree;
  }

  /** The type that a profile is of; that of R4 itself by its name. */
  typeOf(url: string): string {
    return this.#profiles.get(url)?.type ?? url.slice(url.lastIndexOf('/') + 1);
  }

  /**
   * What is wrong with a resource or datatype, by the id of the element. Empty: nothing.
   *
   * @param source the resource that a datatype stands in
   */
  check(
    url: string,
    value: unknown,
    scope = new ReferenceScope(),
    source = value as Json,
  ): readonly string[] {
    const tree = this.tree(url);
    if (tree === undefined) return [`the profile ${url} is not known`];
    const run = new ProfileRun(this, { scope, source });
    run.children(tree, value);
    if (run.problems.length === 0) this.#see(url, run.seen);
    return run.problems;
  }

  /** What is wrong with a resource of a document, its profile's rules included. What is known of it is not asked again. */
  problemsOf(url: string, resource: Json, scope: ReferenceScope): readonly string[] {
    const known = scope.known.get(resource) ?? new Map<string, readonly string[]>();
    scope.known.set(resource, known);
    const before = known.get(url);
    if (before !== undefined) return before;
    // What refers back to itself is right as long as nothing else is wrong.
    known.set(url, []);
    const problems = [...this.check(url, resource, scope), ...this.broken(url, resource)];
    known.set(url, problems);
    return problems;
  }

  /** Whether a resource of a document fits a profile; one that the packages do not have, by its type. */
  conforms(url: string, resource: Json, scope: ReferenceScope): boolean {
    const type = this.typeOf(url);
    if (type !== 'Resource' && type !== resource['resourceType']) return false;
    return this.tree(url) === undefined || this.problemsOf(url, resource, scope).length === 0;
  }

  /** The rules of a profile that a resource breaks. */
  broken(url: string, resource: Json): string[] {
    return this.#invariantsOf(url)
      .filter((invariant) => !invariant.holds(resource))
      .map(({ key, human }) => `${key}: ${human}`);
  }

  /** Elements that must be supported and that nothing had that fitted the profile, for the profiles that were met. */
  unseen(profiles: RegExp): Readonly<Record<string, readonly string[]>> {
    const met = [...this.#seen].filter(([url]) => profiles.test(url));
    const missing = met.map(([url, seen]) => {
      const tree = this.tree(url);
      const wanted = tree === undefined ? [] : mustSupportIds(tree);
      const name = url.slice(url.lastIndexOf('/') + 1);
      return [name, wanted.filter((id) => !seen.has(id))] as const;
    });
    return Object.fromEntries(missing.filter(([, ids]) => ids.length > 0));
  }

  #invariantsOf(url: string): readonly Invariant[] {
    const known = this.#invariants.get(url);
    const profile = this.#profiles.get(url);
    if (known !== undefined || profile === undefined) return known ?? [];
    const made = invariantsOf(profile);
    this.#invariants.set(url, made);
    return made;
  }

  #see(url: string, ids: ReadonlySet<string>): void {
    const seen = this.#seen.get(url) ?? new Set();
    for (const id of ids) seen.add(id);
    this.#seen.set(url, seen);
  }
}
