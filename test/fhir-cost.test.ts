import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadMapping } from '../src/fhir/index.ts';
import { demoPractice } from '../src/fhir/systems/demo-practice/index.ts';
import { idsOf } from './support/fhir-bed.ts';
import { type DemoAnswer, DemoBed } from './support/fhir-conformance/demo-bed.ts';
import { PlainValues, referencesOf } from './support/fhir-conformance/plain-search.ts';
import type { Json } from './support/fhir-validation/definition-types.ts';

const PAGE = 20;
const KEYS_AT_ONCE = 500;

let bed: DemoBed;
beforeAll(() => {
  bed = new DemoBed();
}, 60_000);
afterAll(() => bed?.[Symbol.dispose]());

/** Every reference that a search parameter of the demo follows, once for each type that it leads to. */
const references = [...loadMapping(demoPractice, 'tsql').resources].flatMap(
  ([source, { search }]) =>
    [...search].flatMap(([parameter, binding]) => {
      if (binding.kind !== 'reference') return [];
      const targets = new Set(binding.places.map(({ target }) => target));
      return [...targets].map((target) => ({ source, parameter, target }));
    }),
);

/** One statement for the rows of a type and one for each of its child relations. */
const costOf = (type: string) => 1 + (bed.mapping.resources.get(type)?.children.size ?? 0);

/** What the included resources are, page and references looked at by hand. */
function referredBy(matches: readonly Json[], source: string, parameter: string, target: string) {
  const values = new PlainValues(source, parameter);
  const referred = matches.flatMap((each) => values.of(each).flatMap(referencesOf));
  return new Set(referred.filter((each) => each.startsWith(`${target}/`)));
}

const matchesOf = ({ json }: DemoAnswer): Json[] =>
  (json.entry ?? [])
    .filter(({ search }) => search.mode === 'match')
    .map(({ resource }) => resource as unknown as Json);

describe('a page', () => {
  test.each(Object.keys(demoPractice).filter((name) => /^[A-Z]/.test(name)))('of %s', (file) => {
    const type = file.replace('.json', '');
    const { status, statements, steps } = bed.ask(`${type}?_count=${PAGE}`);
    expect(status).toBe(200);
    expect(statements.length).toBeLessThanOrEqual(costOf(type));
    expect(steps).toBeLessThanOrEqual(2);
  });
});

describe('a page with what it refers to', () => {
  test.each(references)('$source?_include=$source:$parameter:$target', (each) => {
    const { source, parameter, target } = each;
    const isOfThem = `${parameter}:missing=false`;
    const include = `_include=${source}:${parameter}:${target}`;
    const answer = bed.ask(`${source}?${isOfThem}&_count=${PAGE}&${include}`);
    expect({ status: answer.status, text: answer.body }).toMatchObject({ status: 200 });
    expect(answer.statements.length).toBeLessThanOrEqual(costOf(source) + costOf(target));
    expect(answer.steps).toBeLessThanOrEqual(4);
    const matches = matchesOf(answer);
    const inPage = new Set(matches.map(({ id }) => `${source}/${String(id)}`));
    const expected = [...referredBy(matches, source, parameter, target)].filter(
      (reference) => !inPage.has(reference),
    );
    expect(idsOf(answer.json, 'include').toSorted()).toEqual(expected.toSorted());
  });
});

describe('a page with what refers to it', () => {
  test.each(references)('$target?_revinclude=$source:$parameter', (each) => {
    const { source, parameter, target } = each;
    const include = `_revinclude=${source}:${parameter}`;
    const answer = bed.ask(`${target}?_count=2&${include}`);
    expect({ status: answer.status, text: answer.body }).toMatchObject({ status: 200 });
    // The children of very many rows are read by several statements, each for as many keys as databases take.
    const batches = Math.max(1, Math.ceil(idsOf(answer.json, 'include').length / KEYS_AT_ONCE));
    const most = 1 + (costOf(source) - 1) * batches + costOf(target);
    expect(answer.statements.length).toBeLessThanOrEqual(most);
    expect(answer.steps).toBeLessThanOrEqual(4);
    const matches = new Set(idsOf(answer.json));
    const values = new PlainValues(source, parameter);
    const included = (answer.json.entry ?? []).filter(({ search }) => search.mode === 'include');
    const strangers = included.filter(({ resource }) => {
      const to = values.of(resource as unknown as Json).flatMap(referencesOf);
      return !to.some((address) => matches.has(address));
    });
    expect(strangers).toEqual([]);
  });
});
