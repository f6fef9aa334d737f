import { expect, it } from 'vitest';
import { checkMapping } from '../src/fhir/mapping/check-mapping.ts';
import { problemText } from '../src/fhir/mapping/problems.ts';
import { demoPractice } from '../src/fhir/systems/demo-practice/index.ts';
import tables from '../src/fhir/systems/demo-practice/tables.json' with { type: 'json' };
import { demoTables } from './support/demo-tables.ts';

it('the demo practice and its FHIR mapping agree on its tables (else run: node scripts/demo-tables.mjs)', () => {
  expect(tables).toEqual(demoTables());
});

it('indexes answer who somebody is: number, name, birthday', () => {
  const asked = /^Patient\.json: search\.(?:identifier|name|family|given|birthdate)\b/;
  const problems = checkMapping(demoPractice, 'tsql').map(problemText);
  expect(
    problems.filter((text) => text.startsWith('Patient.json: search.')).length,
  ).toBeGreaterThan(5);
  expect(problems.filter((text) => asked.test(text))).toEqual([]);
});
