import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadMapping } from '../src/fhir/index.ts';
import { demoPractice } from '../src/fhir/systems/demo-practice/index.ts';
import { BASE_URL, type BedRequest, linkOf } from './support/fhir-bed.ts';
import { type DemoAnswer, DemoBed } from './support/fhir-conformance/demo-bed.ts';

const RUNS = Number(process.env['PARHELION_FUZZ_RUNS'] ?? (process.env['CI'] ? 400 : 150));
const settings = { numRuns: RUNS };
const TIMEOUT_MS = 300_000;

let bed: DemoBed;
beforeAll(() => {
  bed = new DemoBed();
}, 60_000);
afterAll(() => bed?.[Symbol.dispose]());

/** Stands in every value: where it shows in SQL text, a value does. */
const MARK = 'zQx7';

const { resources } = loadMapping(demoPractice, 'tsql');
const types = [...resources.keys()];
const parameters = [...resources].flatMap(([type, { search }]) =>
  [...search.keys()].map((name) => ({ type, name })),
);

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 30 }),
  fc.constantFrom(
    '',
    "'",
    "' OR 1=1 --",
    "'; DROP TABLE Patients; --",
    '%',
    '_',
    '[a-z]',
    '\\',
    '\\,',
    '|',
    '||',
    'http://loinc.org|',
    '$',
    ',,,',
    '\u0000',
    '\uD800',
    '\uFEFF',
    'İ',
    'ﬁ',
    'Patient/1',
    'Patient/',
    '/1',
    '../1',
    'urn:uuid:x',
    `${BASE_URL}/Patient/1`,
    'true',
    '__proto__',
    '1e400',
    '-0',
    '9'.repeat(400),
    'a'.repeat(5_000),
    'a,'.repeat(600),
  ),
);

const dateLike = fc
  .tuple(
    fc.constantFrom('', 'eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap', 'xx'),
    fc.constantFrom(
      '2026',
      '2026-02',
      '2026-02-30',
      '0000-01-01',
      '0001-01-01',
      '9999-12-31',
      '2026-07-01T10:00:00+10:00',
      '2026-07-01T10:00:00.123456789Z',
      '2026-10-04T02:30:00',
      '2026-07-01T25:00:00Z',
      '2026-07-01T10:00:00+99:00',
      '-5',
      '1.5e3',
      '5.4|http://unitsofmeasure.org|mg',
    ),
  )
  .map((parts) => parts.join(''));

const value = fc.oneof(
  { weight: 3, arbitrary: hostile },
  { weight: 2, arbitrary: fc.tuple(hostile, hostile).map((parts) => parts.join(MARK)) },
  { weight: 2, arbitrary: dateLike },
  { weight: 1, arbitrary: fc.constantFrom('active', 'final', '1', '1,2', 'Patient/1', 'smith') },
);

const modifier = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        'exact',
        'contains',
        'missing',
        'not',
        'text',
        'of-type',
        'identifier',
        'Patient',
        'in',
      )
      .map((each) => `:${each}`),
  },
  { weight: 1, arbitrary: hostile.map((each) => `:${each}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '.identifier',
      '.name',
      '.patient.name',
      '.general-practitioner.name',
    ),
  },
  { weight: 1, arbitrary: hostile.map((each) => `.${each}`) },
);

const includePath = fc.oneof(
  fc.constantFrom(...parameters).map(({ type, name }) => `${type}:${name}`),
  fc.constantFrom('*', ':', '::', 'Patient', 'Patient:*', 'Nothing:*', '*:*'),
  hostile,
);

const sortKey = fc.oneof(
  fc.constantFrom(...parameters).map(({ name }) => name),
  fc.constantFrom('_id', '_lastUpdated', '-_id', '--_id', '-', ',', '_id,_id,-_id', '_score'),
  hostile,
);

const elementNames = fc.oneof(
  fc.constantFrom('id', 'id,meta', 'name', '*', 'meta.tag', 'id,,id', 'constructor'),
  hostile,
);

const resultParameter = fc.oneof(
  fc.tuple(
    fc.constantFrom('_include', '_revinclude', '_include:iterate', '_revinclude:x'),
    includePath,
  ),
  fc.tuple(fc.constant('_sort'), sortKey),
  fc.tuple(fc.constant('_elements'), elementNames),
  fc.tuple(
    fc.constantFrom('_summary', '_total', '_format', '_pretty', '_contained', '_cursor'),
    hostile,
  ),
  fc.tuple(fc.constant('_summary'), fc.constantFrom('true', 'text', 'data', 'count', 'false')),
  fc.tuple(fc.constant('_total'), fc.constantFrom('none', 'estimate', 'accurate')),
  fc.tuple(fc.constant('_count'), fc.oneof(fc.constantFrom('0', '1', '3', '-1', '1e3'), hostile)),
);

/** A parameter that a type has, mostly. */
function searchParameter(type: string): fc.Arbitrary<[string, string]> {
  const own = [...(resources.get(type)?.search.keys() ?? []), '_id', '_lastUpdated'];
  const has = fc
    .constantFrom(...parameters)
    .map((each) => `_has:${each.type}:patient:${each.name}`);
  const name = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(fc.constantFrom(...own), modifier).map((parts) => parts.join('')),
    },
    { weight: 1, arbitrary: has },
    { weight: 1, arbitrary: hostile },
  );
  return fc.tuple(name, value);
}

const encode = (text: string) => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));

const queryOf = (pairs: readonly (readonly [string, string])[]) =>
  pairs.map((pair) => pair.map(encode).join('=')).join('&');

const search = fc.constantFrom(...types).chain((type) =>
  fc
    .tuple(
      fc.array(searchParameter(type), { minLength: 1, maxLength: 3 }),
      fc.array(resultParameter, { maxLength: 2 }),
    )
    .map(([criteria, result]) => ({
      type,
      pairs: [...criteria, ['_count', '5'] as const, ...result],
    })),
);

const headers = fc.record(
  {
    prefer: fc.oneof(
      fc.constantFrom('handling=strict', 'handling=lenient', 'return=minimal', 'handling=', ',;='),
      hostile,
    ),
    accept: fc.oneof(
      fc.constantFrom('application/fhir+json', 'application/fhir+xml', 'text/html', '*/*;q=x', ';'),
      hostile,
    ),
    'if-none-match': fc.oneof(fc.constantFrom('W/"1"', '*', 'W/"'), hostile),
    'if-modified-since': fc.oneof(fc.constantFrom('Wed, 01 Jul 2026 00:00:00 GMT'), hostile),
    'content-type': fc.oneof(
      fc.constantFrom('application/x-www-form-urlencoded', 'application/fhir+json'),
      hostile,
    ),
  },
  { requiredKeys: [] },
);

/** Whatever it is asked, it is the caller's fault or nobody's, and no value stands in SQL text. */
function requireSane(answer: DemoAnswer, address: string): void {
  const { status, body, json, statements } = answer;
  const isSane = status < 500 || status === 501;
  expect({ address, status, faults: bed.faults, isSane }).toMatchObject({
    isSane: true,
  });
  expect(bed.faults).toEqual([]);
  if (status >= 400 && body !== undefined) {
    expect(json.resourceType).toBe('OperationOutcome');
    expect(json.issue.length).toBeGreaterThan(0);
    // What a resource is, gone or a file of another type, only the database tells.
    const needsNone = ![404, 406, 410].includes(status);
    expect(needsNone && statements.length > 0).toBe(false);
  }
  if (status < 300 && body !== undefined) expect(json.resourceType).toMatch(/^[A-Z]\w+$/);
  for (const { text } of statements) expect(text.toLowerCase()).not.toContain(MARK.toLowerCase());
}

function ask(address: string, request?: BedRequest): DemoAnswer {
  const answer = bed.ask(address, request);
  requireSane(answer, address);
  return answer;
}

test('no search makes the service fail', { timeout: TIMEOUT_MS }, () => {
  const statuses = new Set<number>();
  fc.assert(
    fc.property(search, headers, ({ type, pairs }, sent) => {
      const answer = ask(`${type}?${queryOf(pairs)}`, { headers: sent });
      statuses.add(answer.status);
      expect(answer.status !== 200 || answer.json.resourceType === 'Bundle').toBe(true);
    }),
    settings,
  );
  // Otherwise all searches ended at the first check.
  expect([...statuses]).toEqual(expect.arrayContaining([200, 400]));
});

test('no search by a form makes the service fail', { timeout: TIMEOUT_MS }, () => {
  expect.hasAssertions();
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  fc.assert(
    fc.property(search, fc.option(hostile), ({ type, pairs }, broken) => {
      const body = broken ?? queryOf(pairs);
      ask(`${type}/_search`, { method: 'POST', headers: form, body });
    }),
    settings,
  );
});

test('no address, method or header makes the service fail', { timeout: TIMEOUT_MS }, () => {
  expect.hasAssertions();
  const piece = fc.oneof(
    fc.constantFrom(...types, '1', '_history', '_search', 'metadata', '$x', '', '..'),
    hostile.map(encode),
    fc.constantFrom('%', '%zz', '%00', '%c0%af', '%2F', '%F0%9F%92%A9'),
  );
  const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE');
  const path = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join('/'));
  fc.assert(
    fc.property(path, method, headers, fc.option(hostile), (address, verb, sent, body) => {
      ask(address, {
        method: verb,
        headers: sent,
        ...(body === null ? {} : { body }),
      });
    }),
    settings,
  );
});

test('no id makes the service fail', { timeout: TIMEOUT_MS }, () => {
  const id = fc.oneof(
    hostile,
    fc.constantFrom('1-1', '-1', '01', '2147483648', '9223372036854775808', '1.0', ' 1', 'O-1'),
  );
  fc.assert(
    fc.property(fc.constantFrom(...types), id, headers, (type, each, sent) => {
      const { status } = ask(`${type}/${encode(each)}`, { headers: sent });
      expect([200, 304, 400, 404, 405, 406, 410]).toContain(status);
    }),
    settings,
  );
});

test('the text of a statement does not depend on the values searched for', () => {
  const word = fc.string({
    unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'.split('')),
    minLength: 6,
    maxLength: 6,
  });
  const own = parameters.filter(
    ({ type, name }) => resources.get(type)?.search.get(name)?.kind === 'string',
  );
  fc.assert(
    fc.property(fc.constantFrom(...own), word, word, ({ type, name }, one, other) => {
      const texts = [one, other].map((each) =>
        ask(`${type}?${name}=${each}`)
          .statements.slice(0, 1)
          .map(({ text }) => text),
      );
      expect(texts[0]).toEqual(texts[1]);
    }),
    settings,
  );
});

test('a cursor that somebody has changed is refused', { timeout: TIMEOUT_MS }, () => {
  const next = linkOf(bed.ask('Patient?family=s&_count=2').json, 'next') ?? '';
  const cursor = new URL(next).searchParams.get('_cursor') ?? '';
  expect(ask(next).status).toBe(200);
  const changed = fc.oneof(
    fc.nat(cursor.length - 1).map((at) => {
      const letter = cursor[at] === 'A' ? 'B' : 'A';
      return cursor.slice(0, at) + letter + cursor.slice(at + 1);
    }),
    fc
      .nat(cursor.length - 1)
      .filter((at) => at > 0)
      .map((at) => cursor.slice(0, at)),
    fc.base64String({ minLength: 4, maxLength: 200 }).map((more) => cursor + more),
    hostile.filter((each) => each !== ''),
  );
  fc.assert(
    fc.property(changed, (each) => {
      expect(ask(`Patient?_cursor=${encode(each)}`).status).toBe(400);
    }),
    settings,
  );
  expect(ask(`Practitioner?_cursor=${encode(cursor)}`).status).toBe(400);
});
