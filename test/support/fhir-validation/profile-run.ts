import type { Coding, Json } from './definition-types.ts';
import {
  capitalised,
  type ElementValue,
  innerOf,
  matchesPattern,
  valuesOf,
} from './element-values.ts';
import type { ProfileChecker } from './profile-checker.ts';
import type { ProfileNode } from './profile-tree.ts';
import type { ReferenceScope } from './reference-scope.ts';

const dataAbsentReason = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';

/** Where a check goes on. */
export interface RunPlace {
  readonly scope: ReferenceScope;
  /** The resource that is being looked at. */
  readonly source: Json;
}

/** One walk through a resource or datatype by one profile. */
export class ProfileRun {
  readonly problems: string[] = [];
  /** Ids of the elements that had a value. */
  readonly seen = new Set<string>();
  readonly #checker: ProfileChecker;
  readonly #place: RunPlace;

  constructor(checker: ProfileChecker, place: RunPlace) {
    this.#checker = checker;
    this.#place = place;
  }

  children(node: ProfileNode, value: unknown): void {
    for (const child of node.children) {
      this.#element(child, value);
      if (!child.isChoice) continue;
      for (const name of unknownChoices(child, node, value)) {
        this.problems.push(`${child.id}: ${name} is of none of its types`);
      }
    }
  }

  #element(node: ProfileNode, parent: unknown): void {
    const values = valuesOf(parent, node);
    this.#count(node, values.length);
    for (const value of values) this.#value(node, value);
    let sliced = 0;
    for (const slice of node.slices) {
      const own = values.filter((value) => this.#isInSlice(node, slice, value));
      sliced += own.length;
      this.#count(slice, own.length);
      for (const value of own) this.#value(slice, value);
    }
    if (node.isClosed && sliced < values.length) {
      this.problems.push(`${node.id}: a value is in none of the slices`);
    }
  }

  #count(node: ProfileNode, count: number): void {
    if (count < node.min) this.problems.push(`${node.id}: ${count} where ${node.min} must be`);
    if (count > node.max) this.problems.push(`${node.id}: ${count} where ${node.max} may be`);
  }

  #value(node: ProfileNode, element: ElementValue): void {
    const { value } = element;
    this.seen.add(node.id);
    if (value !== undefined) {
      if (node.fixed !== undefined && JSON.stringify(value) !== JSON.stringify(node.fixed)) {
        this.problems.push(`${node.id}: ${JSON.stringify(value)} is not the fixed value`);
      }
      if (node.pattern !== undefined && !matchesPattern(value, node.pattern)) {
        this.problems.push(`${node.id}: ${JSON.stringify(value)} does not fit the pattern`);
      }
      this.#codes(node, value);
      this.#target(node, value);
      this.#typeProfile(node, value);
      for (const invariant of node.invariants) {
        const isKept = invariant.holds(value, this.#place.source);
        if (!isKept) this.problems.push(`${node.id}: ${invariant.key}: ${invariant.human}`);
      }
    }
    this.children(node, innerOf(element));
  }

  #codes(node: ProfileNode, value: unknown): void {
    const { requiredValueSet } = node;
    if (requiredValueSet === undefined) return;
    const codings = codingsOf(value);
    // A concept in words alone has no coding to compare.
    if (codings === undefined || codings.length === 0) return;
    const { valueSets } = this.#checker;
    const answers = codings.map((coding) => valueSets.includes(requiredValueSet, coding));
    if (answers.some((answer) => answer !== false)) return;
    this.problems.push(`${node.id}: ${JSON.stringify(value)} is not of ${requiredValueSet}`);
  }

  #target(node: ProfileNode, value: unknown): void {
    const { targets } = node;
    const reference = (value as Json)['reference'];
    if (targets.length === 0 || typeof reference !== 'string') return;
    const { scope, source } = this.#place;
    const { resource, type = '' } = scope.find(reference, source);
    if (resource === undefined && (scope.isDocument || reference.startsWith('#'))) {
      this.problems.push(`${node.id}: ${reference} leads nowhere`);
      return;
    }
    const types = targets.map((url) => this.#checker.typeOf(url));
    if (!types.includes(type) && !types.includes('Resource')) {
      this.problems.push(`${node.id}: ${reference} is none of ${types.join(', ')}`);
    } else if (resource !== undefined && scope.isDocument && !this.#fitsOneOf(targets, resource)) {
      this.problems.push(`${node.id}: ${reference} fits none of ${targets.join(', ')}`);
    }
  }

  #fitsOneOf(profiles: readonly string[], resource: Json): boolean {
    return profiles.some((url) => this.#checker.conforms(url, resource, this.#place.scope));
  }

  #typeProfile(node: ProfileNode, value: unknown): void {
    const { profiles } = node;
    const [url] = profiles;
    if (url === undefined) return;
    const [problems = []] = profiles
      .map((profile) => this.#problemsBy(profile, value))
      .toSorted((one, other) => one.length - other.length);
    for (const problem of problems) {
      this.problems.push(`${node.id} (${url.slice(url.lastIndexOf('/') + 1)}): ${problem}`);
    }
  }

  /** R4's own profiles, which the packages do not have, are checked with the structure. */
  #problemsBy(url: string, value: unknown): readonly string[] {
    const { scope, source } = this.#place;
    if (this.#checker.tree(url) === undefined) return [];
    return isResource(value)
      ? this.#checker.problemsOf(url, value, scope)
      : this.#checker.check(url, value, scope, source);
  }

  #isInSlice(parent: ProfileNode, slice: ProfileNode, element: ElementValue): boolean {
    const { discriminators } = parent;
    if (parent.name === 'extension') return (element.value as Json)['url'] === slice.profiles[0];
    if (discriminators.length === 0) return false;
    const answers = discriminators.flatMap(({ type, path }) => {
      if (type === 'type') return [this.#isOfType(slice, path, element)];
      if (type === 'profile') return [this.#isOfProfile(slice, path, element)];
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

  #isOfType(slice: ProfileNode, path: string, { value, type }: ElementValue): boolean {
    if (path === '$this') return slice.types.some(({ code }) => code === type);
    if (path === 'resolve()') {
      const found = this.#resolved(value)?.['resourceType'];
      return slice.targets.some((url) => this.#checker.typeOf(url) === found);
    }
    const child = childNamed(slice, path);
    if (child === undefined) return false;
    if (child.isChoice) return valuesOf(value, child).length > 0;
    const inner = (value as Json)[path];
    return isResource(inner) && child.types.some(({ code }) => code === inner['resourceType']);
  }

  #isOfProfile(slice: ProfileNode, path: string, { value }: ElementValue): boolean {
    if (path === 'resolve()') {
      const found = this.#resolved(value);
      return found !== undefined && this.#fitsOneOf(slice.targets, found);
    }
    const child = childNamed(slice, path);
    const inner = (value as Json)[path];
    return child !== undefined && isResource(inner) && this.#fitsOneOf(child.profiles, inner);
  }

  #resolved(value: unknown): Json | undefined {
    const reference = (value as Json)['reference'];
    const { scope, source } = this.#place;
    return typeof reference === 'string' ? scope.find(reference, source).resource : undefined;
  }

  /** The nodes that a discriminator's path leads to, in the slice itself or in the profile of its type. */
  #along(slice: ProfileNode, path: readonly string[]): ProfileNode[] {
    const [name, ...rest] = path;
    if (name === undefined) return [slice];
    const child = slice.children.find((each) => each.name === name);
    if (child !== undefined) {
      return [child, ...child.slices].flatMap((each) => this.#along(each, rest));
    }
    const [url] = slice.profiles;
    const tree = url === undefined ? undefined : this.#checker.tree(url);
    return tree === undefined ? [] : this.#along(tree, path);
  }

  #isExpected(node: ProfileNode, value: unknown): boolean {
    if (node.fixed !== undefined) return value === node.fixed;
    if (node.pattern !== undefined) return matchesPattern(value, node.pattern);
    const { requiredValueSet } = node;
    if (requiredValueSet === undefined) return false;
    return (codingsOf(value) ?? []).some((coding) =>
      this.#checker.valueSets.mayInclude(requiredValueSet, coding),
    );
  }
}

/** Members that name another type of a choice than the profile has. */
function unknownChoices(choice: ProfileNode, parent: ProfileNode, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const stem = choice.name.slice(0, -3);
  return Object.keys(value).filter((member) => {
    const name = member.startsWith('_') ? member.slice(1) : member;
    if (!name.startsWith(stem) || !/^[A-Z]/.test(name.slice(stem.length))) return false;
    const isAllowed = choice.types.some(({ code }) => name === stem + capitalised(code));
    return !isAllowed && childNamed(parent, name) === undefined;
  });
}

function isTelling({ fixed, pattern, requiredValueSet }: ProfileNode): boolean {
  return fixed !== undefined || pattern !== undefined || requiredValueSet !== undefined;
}

function isResource(value: unknown): value is Json {
  return typeof (value as Json | undefined)?.['resourceType'] === 'string';
}

function childNamed(node: ProfileNode, name: string): ProfileNode | undefined {
  return node.children.find((each) => each.name === name || each.name === `${name}[x]`);
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
