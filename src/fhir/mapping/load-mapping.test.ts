import { describe, expect, it } from 'vitest';
import { clinicFiles } from '../test-data/clinic.ts';
import { checkMapping } from './check-mapping.ts';
import { loadMapping } from './load-mapping.ts';

describe('a mapping that is right', () => {
  const mapping = loadMapping(clinicFiles(), 'tsql');
  const condition = mapping.resources.get('Condition')!;

  it('has nothing to complain about but columns without an index', () => {
    const problems = checkMapping(clinicFiles(), 'tsql');
    expect(problems.map((each) => `${each.severity} ${each.file} ${each.place}`)).toEqual([
      'warning Patient.json search.gender.token',
      'warning Patient.json search.birthdate.date',
    ]);
  });

  it('knows relations, keys and columns', () => {
    expect(condition.base).toMatchObject({ alias: 'c', name: 'Conditions' });
    expect(condition.joins[0]).toMatchObject({
      relation: { alias: 'code', name: 'ConditionCodes' },
      on: [{ left: { relation: 'code' }, right: { relation: 'c' } }],
    });
    expect(condition.key[0]?.column).toEqual({
      name: 'ConditionID',
      sqlType: 'int',
      type: 'integer',
      textOrder: 'exact',
    });
    expect(condition.base.columns.get('Text')).toMatchObject({ textOrder: 'linguistic' });
    const firebird = loadMapping(clinicFiles(), 'firebird').resources.get('Condition')!;
    expect(firebird.base.columns.get('Text')).toMatchObject({ textOrder: 'insensitive' });
  });

  it('names a column by one object everywhere', () => {
    const element = condition.elements.find((each) => each.name === 'onsetDateTime')!;
    const binding = condition.search.get('onset-date')!;
    expect(binding.kind).toBe('date');
    expect(binding).toMatchObject({ places: [{ kind: 'column' }] });
    expect(element.columns[0]).toBe(
      (binding as unknown as { places: { column: unknown }[] }).places[0]?.column,
    );
  });

  it('tells what each element reads', () => {
    const reads = condition.elements.map((each) => [
      each.name,
      each.columns.map((column) => `${column.relation}.${column.column.name}`),
    ]);
    expect(reads).toEqual([
      ['clinicalStatus', ['c.StatusCode']],
      ['code', ['code.SnomedCode', 'code.Term', 'c.Text']],
      ['subject', ['c.PatientID']],
      ['onsetDateTime', ['c.OnsetDate']],
      ['onsetString', ['c.OnsetText']],
      ['recordedDate', ['c.RecordedAt']],
      ['note', ['c.Notes']],
    ]);
    const reaction = mapping.resources
      .get('AllergyIntolerance')!
      .elements.find((each) => each.name === 'reaction')!;
    expect(reaction.children).toEqual(['reactions']);
    expect(reaction.columns.every((column) => column.child === 'reactions')).toBe(true);
  });
});

describe('what search parameters are bound to', () => {
  function bindingOf(search: object, name: string) {
    const files = clinicFiles();
    files['AllergyIntolerance.json'].search = search;
    files['AllergyIntolerance.json'].children.reactions.joins = [
      { table: 'Patients', as: 'q', on: { PatientID: 'r.ReactionID' } },
    ];
    return loadMapping(files, 'tsql').resources.get('AllergyIntolerance')!.search.get(name);
  }

  it('a token has prefix, suffix, text, system and conditions', () => {
    const form = {
      token: 'r.Manifestation',
      prefix: 'x:',
      suffix: 'q.Title',
      system: { column: 'q.Surname' },
      text: 'q.Firstname',
      where: [{ column: 'a.Substance', is: 'notNull' }],
    };
    expect(bindingOf({ manifestation: form }, 'manifestation')).toMatchObject({
      kind: 'token',
      places: [
        {
          column: { child: 'reactions', column: { name: 'Manifestation' } },
          prefix: 'x:',
          suffix: { relation: 'q' },
          system: { relation: 'q' },
          text: { relation: 'q' },
          where: [{ test: 'notNull', values: [] }],
        },
      ],
    });
    expect(() => bindingOf({ manifestation: { ...form, text: 'a.Substance' } }, '')).toThrow(
      'search.manifestation.text: both columns must be in the same rows',
    );
  });

  it('a date is one column, a day with its time, or a period', () => {
    const forms = [
      { date: 'q.DOB' },
      { date: { date: 'q.DOB', time: 'q.UpdatedAt' } },
      { date: { start: 'q.DOB', end: 'q.UpdatedAt' }, where: [{ column: 'q.Title', is: 'null' }] },
    ];
    expect(bindingOf({ onset: forms }, 'onset')).toMatchObject({
      kind: 'date',
      places: [
        { kind: 'column', where: [] },
        { kind: 'split', date: { column: { name: 'DOB' } }, where: [] },
        { kind: 'period', end: { column: { name: 'UpdatedAt' } }, where: [{ test: 'isNull' }] },
      ],
    });
  });
});

it('a child relation can be in another catalogue', () => {
  const files = clinicFiles();
  files['AllergyIntolerance.json'].children.reactions.catalogue = 'Other';
  const children = loadMapping(files, 'tsql').resources.get('AllergyIntolerance')!.children;
  expect(children.get('reactions')).toMatchObject({ catalogue: 'Other' });
});

it('reads types that an engine lacks as what its databases keep instead', () => {
  const files = clinicFiles();
  const tables = files['tables.json'] as Record<string, { columns: Record<string, string> }>;
  Object.assign(tables['Conditions']!.columns, {
    Seen: 'datetimeoffset(0) null',
    Row: 'rowversion',
  });
  const kept = (dialect: 'tsql' | 'firebird') => {
    const { columns } = loadMapping(files, dialect).resources.get('Condition')!.base;
    return ['Seen', 'Row'].map((name) => columns.get(name)?.type);
  };
  expect(kept('tsql')).toEqual(['datetimeoffset', 'binary']);
  expect(kept('firebird')).toEqual(['datetime', 'integer']);
});
