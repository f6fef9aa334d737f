/** A member of an item, by its path, whose text is this or begins with it; with no text, one that is missing. */
interface MemberTest {
  readonly members: readonly string[];
  readonly text: string;
  readonly isPrefix: boolean;
}

/** One step of a path: an element, which items of a list are meant, and which of those. */
interface PathStep {
  readonly name: string;
  /** What an item must have. */
  readonly having: readonly MemberTest[];
  /** Which of the items that are left; the first unless given. */
  readonly index: number;
}

/**
 * Where a value stands in a resource: `name[use=official].given[1]`, `telecom[system=phone,use=home].value`,
 * `participant[actor.reference^=Patient/].actor`, `name[use=].family` (of a name that has no use).
 */
export interface ElementPath {
  readonly text: string;
  readonly steps: readonly PathStep[];
}

const STEP = /^(?<name>[A-Za-z_]\w*)(?<filters>(?:\[[^\]]*\])*)$/;

/** Dots within brackets belong to the filter: systems are addresses. */
const DOTS_OUTSIDE = /\.(?![^[]*\])/;

/** Reads a path. @returns undefined when the text is none */
export function parseElementPath(text: string): ElementPath | undefined {
  const steps: PathStep[] = [];
  for (const part of text.split(DOTS_OUTSIDE)) {
    const { name, filters } = STEP.exec(part)?.groups ?? {};
    if (name === undefined) return undefined;
    const step = { name, having: [] as MemberTest[], index: 0 };
    for (const [, filter = ''] of (filters ?? '').matchAll(/\[([^\]]*)\]/g)) {
      if (/^\d+$/.test(filter)) {
        step.index = Number(filter);
        continue;
      }
      for (const condition of filter.split(',')) {
        const test = /^(?<members>[\w.]+)(?<prefix>\^?)=(?<text>.*)$/.exec(condition)?.groups;
        if (!test) return undefined;
        const { members = '', prefix, text: wanted = '' } = test;
        step.having.push({ members: members.split('.'), text: wanted, isPrefix: prefix === '^' });
      }
    }
    steps.push(step);
  }
  return { text, steps };
}

/** What stands at a path, and the place in FHIRPath's own words (`name[0].given[1]`), for messages. */
export interface FoundElement {
  readonly value: unknown;
  readonly place: string;
}

/** Finds what a path leads to. @returns undefined when there is nothing */
export function findElement(resource: unknown, path: ElementPath): FoundElement | undefined {
  let value = resource;
  let place = '';
  for (const step of path.steps) {
    const member = memberOf(value, step.name);
    if (member === undefined) return undefined;
    place += `${place === '' ? '' : '.'}${step.name}`;
    if (!Array.isArray(member)) {
      if (step.index > 0 || !has(member, step.having)) return undefined;
      value = member;
      continue;
    }
    const [found, index] = pick(member, step);
    if (found === undefined) return undefined;
    place += `[${index}]`;
    value = found;
  }
  return { value, place };
}

function pick(items: readonly unknown[], step: PathStep): [unknown, number] {
  const matching = items.flatMap((item, index) => (has(item, step.having) ? [index] : []));
  const index = matching[step.index] ?? -1;
  return [items[index], index];
}

function has(item: unknown, having: PathStep['having']): boolean {
  return having.every(({ members, text, isPrefix }) => {
    const value = members.reduce(memberOf, item);
    if (isPrefix) return typeof value === 'string' && value.startsWith(text);
    return text === '' ? value === undefined : value === text;
  });
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name] ?? undefined;
}
