import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FhirStatement } from '../src/fhir/index.ts';
import { DemoBed } from './support/fhir-conformance/demo-bed.ts';
import { rangesOf, referencesOf } from './support/fhir-conformance/plain-search.ts';
import { type Criterion, SearchCases } from './support/fhir-conformance/search-cases.ts';
import {
  CHAINS,
  formsOf,
  kindOf,
  SEARCHES,
  supportedParameters,
} from './support/fhir-conformance/search-table.ts';

let bed: DemoBed;
let cases: SearchCases;

beforeAll(() => {
  bed = new DemoBed();
  cases = new SearchCases(bed);
}, 120_000);

afterAll(() => bed?.[Symbol.dispose]());

/** T-SQL of the searches, by the search without its values. */
const written = new Map<string, FhirStatement>();

/** The search finds what looking at each resource finds, each once, and its values stand in no SQL text. */
function requireSame(
  type: string,
  criteria: readonly (readonly [parameter: string, Criterion])[],
  title: string,
  looked: readonly (readonly [parameter: string, Criterion])[] = criteria,
): void {
  const pairs = criteria.flatMap(([name, { values, modifier = '' }]) =>
    values.map((value) => [name + modifier, value]),
  );
  const query = pairs.map((pair) => pair.map((each) => encodeURIComponent(each)).join('='));
  const { ids, first } = bed.search(type, query.join('&'));
  expect({ query: pairs, status: first.status, text: first.body }).toMatchObject({ status: 200 });
  const expected = cases.find(type, looked);
  expect(expected, `no ${type} for ${pairs.join(' ')}`).not.toEqual([]);
  expect({ query: pairs, ids: ids.toSorted() }).toEqual({ query: pairs, ids: expected.toSorted() });
  const [statement] = first.statements;
  if (!statement) throw new Error('a search without a statement');
  const ownText = bed.ask(`${type}?_elements=id&_count=1`).statements[0]?.text ?? '';
  const given = new Set(
    pairs.map(([, value = '']) => value).flatMap((value) => value.split(/[,|]/)),
  );
  const shown = [...given].filter(
    (each) => each !== '' && statement.text.includes(`'${each}'`) && !ownText.includes(`'${each}'`),
  );
  expect(shown).toEqual([]);
  written.set(title, statement);
}

const types = Object.entries(SEARCHES);

const single = types.flatMap(([type, searches]) =>
  supportedParameters(searches).flatMap((parameter) =>
    formsOf(type, parameter).map((form) => ({ type, parameter, form })),
  ),
);

describe('one parameter', () => {
  test.each(single)('$type?$parameter as $form', ({ type, parameter, form }) => {
    expect.hasAssertions();
    const criterion = cases.criterion(type, parameter, form);
    requireSame(type, [[parameter, criterion]], `${type}?${parameter} (${form})`);
  });
});

const together = types.flatMap(([type, searches]) =>
  Object.values(searches.together ?? {}).flatMap((lists) =>
    lists.flatMap((parameters) =>
      (['short', 'full'] as const).map((style) => ({
        type,
        parameters,
        style,
        names: parameters.join('&'),
      })),
    ),
  ),
);

describe('several parameters', () => {
  test.each(together)('$type?$names, written $style', ({ type, parameters, style, names }) => {
    expect.hasAssertions();
    const criteria = cases.together(type, parameters, style);
    requireSame(type, criteria, `${type}?${names} (${style})`);
  });
});

const chained = types.flatMap(([type, searches]) =>
  supportedParameters(searches).flatMap((parameter) =>
    Object.entries(CHAINS[parameter]?.systems ?? {}).map(([number, system]) => ({
      type,
      parameter,
      chain: CHAINS[parameter]?.parameter ?? '',
      number,
      system,
    })),
  ),
);

describe('chains', () => {
  test.each(chained)('$type?$chain with $number', ({ type, parameter, chain, number, system }) => {
    expect.hasAssertions();
    const criterion = cases.chain(type, parameter, system);
    requireSame(type, [[chain, criterion]], `${type}?${chain} (${number})`, [
      [parameter, criterion],
    ]);
  });
});

describe('identifiers of what is referred to', () => {
  const first = chained.filter(
    ({ parameter }, index) => chained.findIndex((each) => each.parameter === parameter) === index,
  );
  test.each(first)('$type?$parameter:identifier', ({ type, parameter, system }) => {
    expect.hasAssertions();
    const criterion = cases.chain(type, parameter, system);
    const name = `${parameter}:identifier`;
    requireSame(type, [[name, criterion]], `${type}?${name}`, [[parameter, criterion]]);
  });
});

describe('reverse chains', () => {
  const referring = types.flatMap(([type, searches]) => {
    const parameters = supportedParameters(searches);
    const token = parameters.find((each) => kindOf(type, each) === 'token');
    return parameters.includes('patient') && token !== undefined ? [{ type, token }] : [];
  });

  test.each(referring)('Patient?_has:$type:patient:$token', ({ type, token }) => {
    const criterion = cases.criterion(type, token, 'code');
    const found = new Set(cases.find(type, [[token, criterion]]));
    const patients = bed
      .all(type)
      .filter(({ id }) => found.has(String(id)))
      .flatMap((each) => cases.valuesOf(type, 'patient', each).flatMap(referencesOf));
    const value = encodeURIComponent(criterion.values[0] ?? '');
    const { ids } = bed.search('Patient', `_has:${type}:patient:${token}=${value}`);
    expect(ids.map((id) => `Patient/${id}`).toSorted()).toEqual([...new Set(patients)].toSorted());
    expect(ids).not.toEqual([]);
  });

  test('Observation?has-member.code', () => {
    const criterion = cases.criterion('Observation', 'code', 'code');
    const members = cases.find('Observation', [['code', criterion]]);
    const value = encodeURIComponent(criterion.values[0] ?? '');
    const { first, ids } = bed.search('Observation', `has-member.code=${value}`);
    expect(first.status).toBe(200);
    const expected = bed.all('Observation').filter((each) =>
      cases
        .valuesOf('Observation', 'has-member', each)
        .flatMap(referencesOf)
        .some((reference) => members.includes(reference.replace('Observation/', ''))),
    );
    expect(ids.toSorted()).toEqual(expected.map(({ id }) => String(id)).toSorted());
  });

  test('Observation?_has:Observation:has-member:status', () => {
    const criterion = cases.criterion('Observation', 'status', 'code');
    const panels = new Set(cases.find('Observation', [['status', criterion]]));
    const value = criterion.values[0] ?? '';
    const { first, ids } = bed.search(
      'Observation',
      `_has:Observation:has-member:status=${value}&category=laboratory`,
    );
    expect(first.status).toBe(200);
    const expected = bed
      .all('Observation')
      .filter(({ id }) => panels.has(String(id)))
      .flatMap((each) => cases.valuesOf('Observation', 'has-member', each).flatMap(referencesOf));
    expect(expected).not.toEqual([]);
    expect(ids.map((id) => `Observation/${id}`).toSorted()).toEqual(expected.toSorted());
  }, 20_000);
});

describe('orders', () => {
  test.each([
    ['Observation', 'date'],
    ['DocumentReference', 'date'],
    ['Procedure', 'date'],
    ['Condition', 'abatement-date'],
  ])(
    '%s?_sort=-%s is by the date wherever it stands, those without one last',
    (type, parameter) => {
      const { ids } = bed.search(type, `_sort=-${parameter}`);
      const found = new Map(bed.all(type).map((each) => [String(each['id']), each]));
      expect(ids.toSorted()).toEqual([...found.keys()].toSorted());
      const moments = ids.map((id) => {
        const values = cases.valuesOf(type, parameter, found.get(id) ?? {});
        return values.flatMap(rangesOf)[0]?.from ?? Number.NEGATIVE_INFINITY;
      });
      expect(moments).toEqual(moments.toSorted((one, other) => other - one));
    },
  );
});

describe('the table', () => {
  test('has every type and every parameter of the demo’s mapping', () => {
    for (const [type, { search }] of bed.mapping.resources) {
      const supported = supportedParameters(SEARCHES[type] ?? { parameters: {} });
      const noData = SEARCHES[type]?.noData ?? [];
      const named = [...supported, ...noData].filter((name) => name !== '_id');
      expect({ type, named: named.toSorted() }).toEqual({
        type,
        named: [...search.keys()].toSorted(),
      });
    }
  });

  test.each(
    types.flatMap(([type, { noData = [] }]) => noData.map((parameter) => ({ type, parameter }))),
  )('$type?$parameter has no data in the demo', ({ type, parameter }) => {
    expect(cases.isRecorded(type, parameter)).toBe(false);
  });

  test.each(
    types.flatMap(([type, { notSupported = {} }]) =>
      Object.entries(notSupported).map(([parameter, why]) => ({ type, parameter, why })),
    ),
  )('$type?$parameter is refused of strict callers: $why', ({ type, parameter, why }) => {
    const headers = { prefer: 'handling=strict' };
    const { status, json } = bed.ask(`${type}?${parameter}=x`, { headers });
    expect({ status, json }).toMatchObject({
      status: 400,
      json: { resourceType: 'OperationOutcome' },
    });
    expect(cases.isRecorded(type, parameter)).toBe(why !== 'the demo practice does not record it');
  });
});

test('the T-SQL of all these searches is the one that was reviewed', async () => {
  const texts = new Map<string, string[]>();
  for (const [title, { text, parameters }] of written) {
    const declared = parameters.map(({ name, typeName }) => `${name} ${typeName}`).join(', ');
    const shown = `${text}\n-- ${declared}`;
    texts.set(shown, [...(texts.get(shown) ?? []), title]);
  }
  const sections = [...texts].map(
    ([text, titles]) => `${titles.map((title) => `-- ${title}`).join('\n')}\n${text}\n`,
  );
  expect(sections.length).toBeGreaterThan(100);
  await expect(sections.join('\n')).toMatchFileSnapshot('fhir-conformance/statements.sql');
});
