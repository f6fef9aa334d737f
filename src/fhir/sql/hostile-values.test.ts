import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallClinicFiles } from '../../../test/support/small-clinic.ts';
import { requireSelect } from '../../../test/support/tsql-syntax.ts';
import type { FhirStatement } from '../course.ts';
import { loadMapping } from '../mapping/load-mapping.ts';
import type { SqlDialectName } from '../mapping/system-mapping.ts';
import { parseSearch, SearchError } from '../search/index.ts';
import { countStatement } from './index.ts';

const TEXT = { tsql: 'linguistic', firebird: 'insensitive', sqlite: 'nocase' } as const;
const DIALECTS: readonly SqlDialectName[] = ['tsql', 'firebird', 'sqlite'];
const options = { baseUrl: 'https://g.example/R4', timeZone: 'Australia/Sydney', now: 0 };

/** Texts that end strings, patterns, names and statements in some dialect. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(...Array.from(`'"[]\`%_*?\\-;@p1,|$^{}()/ \0\ud800é`)),
    maxLength: 40,
  }),
  fc.constantFrom(`' OR 1=1 --`, `]; DROP TABLE Patients`, '@p1', '\\', 'ge2024', '1/2/3'),
);

const PARAMETERS = [
  ['Patient', 'family'],
  ['Patient', 'family:exact'],
  ['Patient', 'family:contains'],
  ['Patient', 'name'],
  ['Patient', 'identifier'],
  ['Patient', 'gender'],
  ['Patient', 'gender:not'],
  ['Patient', 'birthdate'],
  ['Patient', '_id'],
  ['Patient', '_lastUpdated'],
  ['Encounter', 'patient'],
  ['Encounter', 'length'],
  ['Encounter', 'patient:identifier'],
  ['Encounter', 'patient.family'],
  ['Encounter', 'date'],
  ['Patient', '_has:Encounter:patient:status'],
] as const;

/** The statement, or one without text where the parameter is refused by its name. */
function statementOrRefusal(name: string, make: () => FhirStatement): FhirStatement {
  try {
    return make();
  } catch (error) {
    if (error instanceof SearchError && error.parameter === name)
      return { text: '', parameters: [] };
    throw error;
  }
}

describe('values of a request', () => {
  it.each(DIALECTS)('never stand in the text of a statement for %s', (dialect) => {
    const system = loadMapping(smallClinicFiles(TEXT[dialect]), dialect);
    fc.assert(
      fc.property(fc.constantFrom(...PARAMETERS), hostile, ([type, name], value) => {
        const mapping = system.resources.get(type);
        if (!mapping) throw new Error(type);
        const { text, parameters } = statementOrRefusal(name, () => {
          const { filters } = parseSearch(mapping, system, [[name, value]], options);
          return countStatement({ dialect, mapping }, filters).statement;
        });
        if (dialect === 'tsql' && text !== '') requireSelect(text);
        // Names of the mapping, words and parameters: nothing else can be in a text.
        expect(text.replaceAll(/@p\d+|'\\'|''|\bt\d+\b/g, '')).toMatch(
          /^[A-Za-z0-9_ ()[\]".,=<>*]*$/,
        );
        expect(text.match(/@p\d+/g) ?? []).toEqual(parameters.map((own) => own.name));
        expect(parameters.map((own) => own.name)).toEqual(
          parameters.map((_, index) => `@p${index + 1}`),
        );
      }),
      { numRuns: 500 },
    );
  });
});
