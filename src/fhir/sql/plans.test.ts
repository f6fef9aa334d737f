import { expect, it } from 'vitest';
import { clinicRows } from '../../../test/support/clinic-rows.ts';
import { openSqliteClinic } from '../../../test/support/small-clinic.ts';
import { parseSearch } from '../search/index.ts';
import { countStatement } from './index.ts';

const options = { baseUrl: 'https://g.example/R4', timeZone: 'Australia/Sydney', now: 0 };

it.each([
  ['Patient', 'family', 'smi', /USING (?:COVERING )?INDEX People_Surname/],
  ['Patient', 'family:exact', 'Smith', /USING (?:COVERING )?INDEX People_Surname/],
  ['Patient', 'birthdate', 'ge1980-01', /USING (?:COVERING )?INDEX People_DOB/],
  ['Encounter', 'date', '2024-01', /USING (?:COVERING )?INDEX Visits_VisitDate/],
  ['Encounter', 'patient', '7,9', /USING (?:COVERING )?INDEX Visits_PersonID/],
  ['Encounter', 'patient.family', 'smi', /USING (?:COVERING )?INDEX People_Surname/],
])('SQLite answers %s?%s=%s by an index', async (type, name, value, index) => {
  await using clinic = await openSqliteClinic('sqlite', clinicRows());
  const mapping = clinic.system.resources.get(type);
  if (!mapping) throw new Error(type);
  const { filters } = parseSearch(mapping, clinic.system, [[name, value]], options);
  const { statement } = countStatement({ dialect: 'sqlite', mapping }, filters);
  const plan = await clinic.run({ ...statement, text: `EXPLAIN QUERY PLAN ${statement.text}` });
  const lines = plan.rows.map((row) => String(row.at(-1)));
  expect(lines.join('\n')).toMatch(index);
  expect(lines.filter((line) => /^SCAN (?!CONSTANT)/.test(line))).toEqual([]);
});
