import { describe, expect, it } from 'vitest';
import { clinicFiles } from '../test-data/clinic.ts';
import { checkMapping } from './check-mapping.ts';
import { loadMapping } from './load-mapping.ts';
import { problemText } from './problems.ts';

/** Paths of all members of an object and of what is in it. */
function pathsIn(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => [
    [...path, name],
    ...pathsIn(member, [...path, name]),
  ]);
}

describe('a mapping that cannot be used', () => {
  it.each(Object.keys(clinicFiles()))('is told of wherever a name in %s is wrong', (file) => {
    const silent = pathsIn(clinicFiles()[file]).filter((path) => {
      const files = clinicFiles();
      const owner = path.slice(0, -1).reduce((value, name) => value[name], files[file]);
      const name = path.at(-1) ?? '';
      owner[`${name}X`] = owner[name];
      delete owner[name];
      const isTold = checkMapping(files, 'tsql').some(({ severity }) => severity === 'error');
      try {
        loadMapping(files, 'tsql');
        return isTold;
      } catch {
        return !isTold;
      }
    });
    expect(silent).toEqual([]);
  });

  it('is told by the member that is missing and the one that there is not', () => {
    const files = clinicFiles();
    files['codes.json'].sex.codes.X = { cod: 'other' };
    expect(checkMapping(files, 'tsql').map(problemText)).toEqual([
      'codes.json: sex.codes.X: code is missing',
      'codes.json: sex.codes.X: cod is no known field here',
    ]);
  });

  it('is told by a code that FHIR does not have', () => {
    const files = clinicFiles();
    files['codes.json'].sex.codes.F = 'femail';
    files['Patient.json'].resource.name[0].use = 'offical';
    files['Patient.json'].resource.telecom[0].rank = 1;
    const errors = checkMapping(files, 'tsql').filter(({ severity }) => severity === 'error');
    expect(errors.map(problemText)).toEqual([
      'Patient.json: resource.name[0].use: "offical" is none of FHIR’s codes here: usual, official, temp, nickname, anonymous, old, maiden',
      'Patient.json: resource.gender.codes: "femail" is none of FHIR’s codes here: male, female, other, unknown',
    ]);
  });
});
