import type { Coding, Json } from './definition-types.ts';
import { type ElementValue, innerOf, matchesPattern, valuesOf } from './element-values.ts';
import type { FhirDefinitions } from './fhir-packages.ts';
import { type ProfileNode, profileTree } from './profile-tree.ts';
import type { ValueSets } from './value-sets.ts';

const dataAbsentReason = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';

/** Checks resources against profiles: cardinalities, fixed values, patterns, slices, required codes, targets. */
export class ProfileChecker {
  /** Ids of the elements that had a value, by profile. */
  readonly seen = new Map<string, Set<string>>();
  readonly #packages: FhirDefinitions;
  readonly #valueSets: ValueSets;
  readonly #trees = new Map<string, ProfileNode>();

  constructor(packages: FhirDefinitions, valueSets: ValueSets) {
    this.#packages = packages;
    this.#valueSets = valueSets;
  }

  /** The elements of a profile; undefined for one that the packages do not have. */
  tree(url: string): ProfileNode | undefined {
    const known = this.#trees.get(url);
    const profile = this.#packages.profiles.get(url);
    if (known !== undefined || profile === undefined) return known;
    const tree = profileTree(profile);
    this.#trees.set(url, tree);
    return tree;
  }

  /** What is wrong with a resource or datatype, by the id of the element. Empty: nothing. */
  check(url: string, value: unknown): string[] {
    const tree = this.tree(url);
    if (tree === undefined) return [`the profile ${url} is not known`];
    const seen = this.seen.get(url) ?? new Set();
    this.seen.set(url, seen);
    const problems: string[] = [];
    new ProfileRun(this, this.#packages, this.#valueSets, seen, problems).children(tree, value);
    return problems;
  }
}

class ProfileRun {
  readonly #checker: ProfileChecker;
  readonly #packages: FhirDefinitions;
  readonly #valueSets: ValueSets;
  readonly #seen: Set<string>;
  readonly #problems: string[];

  constructor(
    checker: ProfileChecker,
    packages: FhirDefinitions,
    valueSets: ValueSets,
    seen: Set<string>,
    problems: string[],
  ) {
    this.#checker = checker;
    this.#packages = packages;
    this.#valueSets = valueSets;
    this.#seen = seen;
    this.#problems = problems;
  }

  children(node: ProfileNode, value: unknown): void {
    for (const child of node.children) this.#element(child, value);
  }

  #element(node: ProfileNode, parent: unknown): void {
    const values = valuesOf(parent, node);
    this.#count(node, values.length);
    for (const value of values) this.#value(node, value);
    for (const slice of node.slices) {
      const own = values.filter((value) => this.#isInSlice(node, slice, value));
      this.#count(slice, own.length);
      for (const value of own) this.#value(slice, value);
    }
  }

  #count(node: ProfileNode, count: number): void {
    if (count < node.min) this.#problems.push(`${node.id}: ${count} where ${node.min} must be`);
    if (count > node.max) this.#problems.push(`${node.id}: ${count} where ${node.max} may be`);
  }

  #value(node: ProfileNode, element: ElementValue): void {
    const { value } = element;
    this.#seen.add(node.id);
    if (value !== undefined) {
      if (node.fixed !== undefined && JSON.stringify(value) !== JSON.stringify(node.fixed)) {
        this.#problems.push(`${node.id}: ${JSON.stringify(value)} is not the fixed value`);
      }
      if (node.pattern !== undefined && !matchesPattern(value, node.pattern)) {
        this.#problems.push(`${node.id}: ${JSON.stringify(value)} does not fit the pattern`);
      }
      this.#codes(node, value);
      this.#target(node, value);
      this.#typeProfile(node, value);
    }
    this.children(node, innerOf(element));
  }

  #codes(node: ProfileNode, value: unknown): void {
    const { requiredValueSet } = node;
    if (requiredValueSet === undefined) return;
    const codings = codingsOf(value);
    // A concept in words alone has no coding to compare.
    if (codings === undefined || codings.length === 0) return;
    const answers = codings.map((coding) => this.#valueSets.includes(requiredValueSet, coding));
    if (answers.some((answer) => answer !== false)) return;
    this.#problems.push(`${node.id}: ${JSON.stringify(value)} is not of ${requiredValueSet}`);
  }

  #target(node: ProfileNode, value: unknown): void {
    const targets = node.types
      .filter(({ code }) => code === 'Reference')
      .flatMap(({ targetProfile }) => targetProfile ?? []);
    const reference = (value as Json)['reference'];
    if (targets.length === 0 || typeof reference !== 'string' || reference.startsWith('#')) return;
    const types = targets.map((url) => this.#typeOf(url.split('|', 1)[0] ?? ''));
    const type = reference.split('/', 1)[0] ?? '';
    if (types.includes(type) || types.includes('Resource')) return;
    this.#problems.push(`${node.id}: ${reference} is none of ${types.join(', ')}`);
  }

  #typeOf(profile: string): string {
    return (
      this.#packages.profiles.get(profile)?.type ?? profile.slice(profile.lastIndexOf('/') + 1)
    );
  }

  #typeProfile(node: ProfileNode, value: unknown): void {
    const url = onlyProfile(node);
    if (url === undefined || this.#checker.tree(url) === undefined) return;
    for (const problem of this.#checker.check(url, value)) {
      this.#problems.push(`${node.id} (${url.slice(url.lastIndexOf('/') + 1)}): ${problem}`);
    }
  }

  #isInSlice(parent: ProfileNode, slice: ProfileNode, element: ElementValue): boolean {
    const { discriminators } = parent;
    if (parent.name === 'extension') return (element.value as Json)['url'] === onlyProfile(slice);
    if (discriminators.length === 0) return false;
    const answers = discriminators.flatMap(({ type, path }) => {
      if (type === 'type') return [slice.types.some(({ code }) => code === element.type)];
      if (type !== 'value' && type !== 'pattern') return [false];
      const nodes = this.#along(slice, path === '$this' ? [] : path.split('.'));
      // A slice may leave open what a discriminator would tell it by.
      if (!nodes.some(isTelling)) return [];
      const found =
        path === '$this' ? [element.value] : valuesAlong(element.value, path.split('.'));
      return [nodes.some((node) => found.some((value) => this.#isExpected(node, value)))];
    });
    return answers.length > 0 && answers.every(Boolean);
  }

  /** The nodes that a discriminator's path leads to, in the slice itself or in the profile of its type. */
  #along(slice: ProfileNode, path: readonly string[]): ProfileNode[] {
    const [name, ...rest] = path;
    if (name === undefined) return [slice];
    const child = slice.children.find((each) => each.name === name);
    if (child !== undefined) {
      return [child, ...child.slices].flatMap((each) => this.#along(each, rest));
    }
    const url = onlyProfile(slice);
    const tree = url === undefined ? undefined : this.#checker.tree(url);
    return tree === undefined ? [] : this.#along(tree, path);
  }

  #isExpected(node: ProfileNode, value: unknown): boolean {
    if (node.fixed !== undefined) return value === node.fixed;
    if (node.pattern !== undefined) return matchesPattern(value, node.pattern);
    const { requiredValueSet } = node;
    if (requiredValueSet === undefined) return false;
    return (codingsOf(value) ?? []).some((coding) =>
      this.#valueSets.mayInclude(requiredValueSet, coding),
    );
  }
}

function isTelling({ fixed, pattern, requiredValueSet }: ProfileNode): boolean {
  return fixed !== undefined || pattern !== undefined || requiredValueSet !== undefined;
}

function onlyProfile(node: ProfileNode): string | undefined {
  const [type] = node.types;
  return node.types.length === 1 && type?.profile?.length === 1 ? type.profile[0] : undefined;
}

function valuesAlong(value: unknown, path: readonly string[]): unknown[] {
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  if (typeof value !== 'object' || value === null) return [];
  const next = (value as Json)[name];
  return (Array.isArray(next) ? next : [next]).flatMap((each: unknown) => valuesAlong(each, rest));
}

/** Codings of a code, Coding or CodeableConcept; undefined for anything else, or where data are said to be absent. */
function codingsOf(value: unknown): readonly Coding[] | undefined {
  if (typeof value === 'string') return [{ code: value }];
  if (typeof value !== 'object' || value === null) return undefined;
  const part: Coding & { readonly coding?: readonly Coding[] } = value;
  const codings = part.coding ?? (typeof part.code === 'string' ? [part] : undefined);
  return codings?.some(({ system }) => system === dataAbsentReason) ? undefined : codings;
}
