import { describe, expect, it } from 'vitest';
import { checkMapping } from '../mapping/check-mapping.ts';

const files = (write: unknown) => ({
  'system.json': { name: 'test', title: 'Test', dialects: ['sqlite'] },
  'tables.json': {
    Persons: {
      columns: { ID: 'int', Name: 'nvarchar(20)', Sex: 'char(1) null', Version: 'int' },
      key: ['ID'],
    },
  },
  'codes.json': { sex: { codes: { F: 'female' } } },
  'Patient.json': {
    resourceType: 'Patient',
    from: { table: 'Persons', as: 'p' },
    key: ['p.ID'],
    resource: { name: [{ family: { $: 'p.Name' } }] },
    write,
  },
});

const name = { path: 'name.family', required: true };
const insert = { insert: 'Persons', values: { Name: { $field: 'name' } }, key: 'ID' };

const problemsOf = (write: unknown) =>
  checkMapping(files(write), 'sqlite')
    .filter(({ severity }) => severity === 'error')
    .map(({ file, place, message }) => `${file}: ${place}: ${message}`);

describe('the write section of a mapping', () => {
  it('makes no resource that has several key columns', () => {
    const wanted = files({ fields: { name }, create: [insert] });
    const patient = { ...wanted['Patient.json'], key: ['p.ID', 'p.Version'] };
    const problems = checkMapping({ ...wanted, 'Patient.json': patient }, 'sqlite');
    expect(problems).toContainEqual(
      expect.objectContaining({
        place: 'write.create',
        message: expect.stringContaining('one column'),
      }),
    );
  });

  it('is taken when it fits', () => {
    const update = {
      when: [{ value: { $row: 'p.Sex' }, is: 'missing' }],
      update: 'Persons',
      set: { Name: { $first: [{ $field: 'name' }, { $row: 'p.Name' }] } },
      where: { ID: { $row: 'p.ID' }, Version: { $row: 'p.Version' } },
      otherwise: { kind: 'conflict', text: 'Somebody was faster.', field: 'name' },
    };
    expect(problemsOf({ fields: { name }, create: [insert], update: [update] })).toEqual([]);
  });

  it.each([
    ['an unknown member', { fields: {}, delete: [] }, 'write', 'delete'],
    ['neither create nor update', { fields: {} }, 'write', 'neither'],
    [
      'a path that is none',
      { fields: { name: { path: 'name[' } }, create: [insert] },
      'write.fields.name.path',
      'no path',
    ],
    [
      'an element that the type does not have',
      { fields: { name: { path: 'nome.family' } }, create: [insert] },
      'write.fields.name.path',
      'Patient has no element "nome"',
    ],
    [
      'an unknown code table',
      { fields: { name: { ...name, codes: 'sexe' } }, create: [insert] },
      'write.fields.name.codes',
      'did you mean sex?',
    ],
    [
      'a table that is not there',
      { fields: { name }, create: [{ ...insert, insert: 'Person' }] },
      'write.create[0].insert',
      'did you mean Persons?',
    ],
    [
      'a column that is not there',
      { fields: { name }, create: [{ ...insert, values: { Nam: { $field: 'name' } } }] },
      'write.create[0].values.Nam',
      'did you mean Name?',
    ],
    [
      'a field that is not there',
      { fields: { name }, create: [{ ...insert, values: { Name: { $field: 'nam' } } }] },
      'write.create[0].values.Name',
      'did you mean name?',
    ],
    [
      'a create without a key',
      { fields: { name }, create: [{ insert: 'Persons', values: {} }] },
      'write.create',
      'exactly one step',
    ],
    [
      'a row before a create',
      { fields: { name }, create: [{ ...insert, values: { Name: { $row: 'p.Name' } } }] },
      'write.create[0].values.Name',
      'a create has none',
    ],
    [
      'an update of all rows',
      { fields: { name }, update: [{ update: 'Persons', set: {}, where: {} }] },
      'write.update[0].where',
      'all rows',
    ],
    [
      'a lookup of a type that is not mapped',
      {
        fields: { name },
        lookups: { gp: { resource: 'Practitioner', field: 'name' } },
        create: [insert],
      },
      'write.lookups.gp.resource',
      'not mapped',
    ],
    [
      'a parameter of no type',
      {
        fields: { name },
        create: [
          {
            call: 'AddPerson',
            parameters: { '@id': { type: 'number', output: true } },
            key: '@id',
          },
        ],
      },
      'write.create[0].parameters.@id.type',
      'no column type',
    ],
  ])('tells of %s where it stands', (_what, write, place, message) => {
    const problems = problemsOf(write);
    expect(problems.some((each) => each.startsWith(`Patient.json: ${place}`))).toBe(true);
    expect(problems.join('\n')).toContain(message);
  });
});
