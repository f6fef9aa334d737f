import { expect } from 'vitest';
import { parseSearch } from '../../src/fhir/search/index.ts';
import { countStatement, matchesStatement } from '../../src/fhir/sql/index.ts';
import type { SmallClinic } from './small-clinic.ts';

/** What searches on the small clinic are read with. */
export const searchSite = {
  timeZone: 'Australia/Sydney',
  baseUrl: 'https://gateway.example/fhir/R4',
  now: Date.parse('2024-07-01T00:00:00Z'),
} as const;

/** Parameters of a search. */
export type Search = readonly (readonly [string, string])[];

/** Ids of all matches, in their order; counting gives as many. */
export async function idsFound(
  clinic: SmallClinic,
  type: string,
  search: Search,
): Promise<string[]> {
  const mapping = clinic.system.resources.get(type);
  if (!mapping) throw new Error(type);
  const target = { dialect: clinic.dialect, mapping };
  const { filters, sort } = parseSearch(mapping, clinic.system, search, searchSite);
  const page = matchesStatement(target, { columns: [], filters, sort, limit: 1000 });
  const ids = page.rows(await clinic.run(page.statement)).map(({ id }) => id);
  const counted = countStatement(target, filters);
  expect(counted.count(await clinic.run(counted.statement))).toBe(ids.length);
  return ids;
}
