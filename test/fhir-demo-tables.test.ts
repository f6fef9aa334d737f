import { expect, it } from 'vitest';
import tables from '../src/fhir/systems/demo-practice/tables.json' with { type: 'json' };
import { demoTables } from './support/demo-tables.ts';

it('the demo practice and its FHIR mapping agree on its tables (else run: node scripts/demo-tables.mjs)', () => {
  expect(tables).toEqual(demoTables());
});
