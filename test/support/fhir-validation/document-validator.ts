import type { Json } from './definition-types.ts';
import type { FhirDefinitions } from './fhir-packages.ts';
import { identifierProblems } from './identifier-rules.ts';
import { ProfileChecker } from './profile-checker.ts';
import { r4Problems } from './r4-structure.ts';
import { ReferenceScope } from './reference-scope.ts';
import { ValueSets } from './value-sets.ts';

interface Entry {
  readonly resource: Json;
}

/**
 * Checks documents against FHIR R4 and a profile of their Bundle: its slices, the profiles of the entries in them and of
 * what these refer to, and all their rules.
 */
export class DocumentValidator {
  readonly #checker: ProfileChecker;

  constructor(definitions: FhirDefinitions) {
    this.#checker = new ProfileChecker(definitions, new ValueSets(definitions));
  }

  /** What is wrong with a document by the profile of its Bundle. Empty: nothing. */
  problems(bundle: Json, profile: string): readonly string[] {
    return this.#checker.problemsOf(profile, bundle, new ReferenceScope(bundle));
  }

  /** What is wrong with it by R4 alone, and by the profiles that its entries claim. */
  problemsOfEntries(bundle: Json): readonly string[] {
    const scope = new ReferenceScope(bundle);
    return [
      ...r4Problems(bundle),
      ...entriesOf(bundle).flatMap(({ resource }) =>
        [...identifierProblems(resource), ...this.#problemsByClaims(resource, scope)].map(
          (problem) => `${String(resource['resourceType'])}/${String(resource['id'])}: ${problem}`,
        ),
      ),
    ];
  }

  /** What is wrong with an entry by a profile. */
  problemsBy(bundle: Json, profile: string, resource: Json): readonly string[] {
    return this.#checker.problemsOf(profile, resource, new ReferenceScope(bundle));
  }

  /** Elements that must be supported and that no resource had that fitted the profile. */
  unseen(profiles: RegExp): Readonly<Record<string, readonly string[]>> {
    return this.#checker.unseen(profiles);
  }

  #problemsByClaims(resource: Json, scope: ReferenceScope): string[] {
    const { profile = [] } = (resource['meta'] ?? {}) as { profile?: readonly string[] };
    return profile.flatMap((url) => {
      const name = url.slice(url.lastIndexOf('/') + 1);
      return this.#checker.problemsOf(url, resource, scope).map((each) => `${name}: ${each}`);
    });
  }
}

function entriesOf(bundle: Json): readonly Entry[] {
  return (bundle['entry'] ?? []) as readonly Entry[];
}
