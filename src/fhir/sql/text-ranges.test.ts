import { expect, it } from 'vitest';
import { smallClinicFiles } from '../../../test/support/small-clinic.ts';
import { loadMapping } from '../mapping/load-mapping.ts';
import { parseSearch } from '../search/index.ts';
import { countStatement } from './index.ts';

const options = { baseUrl: 'https://g.example/R4', timeZone: 'Australia/Sydney', now: 0 };

/** The parameters of a search by family name but for the pattern, where names are of the type. */
function bounds(type: string, name: string) {
  const files = smallClinicFiles('linguistic');
  const tables = JSON.stringify(files['tables.json']).replaceAll('nvarchar(40)', type);
  const system = loadMapping({ ...files, 'tables.json': JSON.parse(tables) }, 'tsql');
  const mapping = system.resources.get('Patient');
  if (!mapping) throw new Error('no mapping');
  const { filters } = parseSearch(mapping, system, [['family', name]], options);
  const { parameters } = countStatement({ dialect: 'tsql', mapping }, filters).statement;
  return parameters.slice(0, -1).map(({ typeName, value }) => `${typeName} ${String(value)}`);
}

it('ranges of a national column have a part for each letter with a stroke', () => {
  expect(bounds('nvarchar(40)', 'Tan')).toEqual([
    'NVarChar tan',
    'NVarChar tao',
    'NVarChar ŧ',
    'NVarChar u',
  ]);
});

it('the range of any other column is of letters that its code page has: the server would convert the column', () => {
  expect(bounds('varchar(40)', 'Smyrna')).toEqual(['VarChar smyrna', 'VarChar smyrnb']);
  expect(bounds('varchar(40)', 'Tan')).toEqual(['VarChar t', 'VarChar u']);
  expect(bounds('varchar(40)', 'Sørensen')).toEqual(['VarChar so', 'VarChar sp']);
});
