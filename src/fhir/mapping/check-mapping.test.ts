import { describe, expect, it } from 'vitest';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { clinicFiles } from '../test-data/clinic.ts';
import { checkMapping } from './check-mapping.ts';
import { loadMapping } from './load-mapping.ts';
import { problemText } from './problems.ts';
import type { SqlDialectName } from './system-mapping.ts';

type Files = ReturnType<typeof clinicFiles>;
type Change = (files: Files) => void;

const BEFORE = new Set(checkMapping(clinicFiles(), 'tsql').map(problemText));

/** What a change of the files adds to the problems. */
function problemsAfter(change: Change, dialect: SqlDialectName = 'tsql'): string[] {
  const files = clinicFiles();
  change(files);
  return checkMapping(files, dialect)
    .map((each) => (each.severity === 'error' ? '' : 'warning: ') + problemText(each))
    .filter((text) => !BEFORE.has(text.replace('warning: ', '')));
}

const condition = (files: Files) => files['Condition.json'];
const patient = (files: Files) => files['Patient.json'];
const allergy = (files: Files) => files['AllergyIntolerance.json'];

/** The cases whose change is told of in other words than expected. */
function differences(cases: readonly (readonly [Change, ...string[]])[]) {
  return cases
    .map(([change, ...expected]) => ({ expected, told: problemsAfter(change) }))
    .filter(({ expected, told }) => JSON.stringify(expected) !== JSON.stringify(told));
}

describe('what is wrong is told with file and place', () => {
  it('unknown tables, aliases and columns', () => {
    const cases = differences([
      [
        (files) => {
          condition(files).resource.code.coding[0].code.$ = 'code.SnomedCod';
        },
        'Condition.json: resource.code.coding[0].code.$: there is no column "SnomedCod" in ConditionCodes (as code); did you mean SnomedCode?',
      ],
      [
        (files) => {
          condition(files).resource.onsetDateTime.$ = 'd.OnsetDate';
        },
        'Condition.json: resource.onsetDateTime.$: there is no alias "d" in this file; did you mean c?',
      ],
      [
        (files) => {
          condition(files).search['onset-date'].date = 'OnsetDate';
        },
        'Condition.json: search.onset-date.date: "OnsetDate" is no column: write alias.Column',
      ],
      [
        (files) => {
          patient(files).from.table = 'Patient';
        },
        'Patient.json: from.table: there is no table or view "Patient"; did you mean Patients?',
        'warning: AllergyIntolerance.json: resource.patient: refers to Patient, which this mapping does not have',
        'warning: AllergyIntolerance.json: search.patient: refers to Patient, which this mapping does not have',
        'warning: Condition.json: resource.subject: refers to Patient, which this mapping does not have',
        'warning: Condition.json: search.patient: refers to Patient, which this mapping does not have',
      ],
      [
        (files) => {
          condition(files).joins[0].as = 'C';
          condition(files).resource = { subject: { $reference: 'Patient', key: ['c.PatientID'] } };
          condition(files).search = {};
        },
        'Condition.json: joins[0].as: the alias "C" stands twice in this file',
      ],
      [
        (files) => {
          files['tables.json'].Patients.columns.DOB = 'dat null';
          files['tables.json'].Patients.indexes.push(['Age']);
          patient(files).resource = { active: true };
          delete patient(files).search.birthdate;
        },
        'tables.json: Patients.columns.DOB: "dat null" is no column type; did you mean date?',
        'tables.json: Patients.indexes[2][0]: there is no column "Age" in this table',
      ],
      [
        (files) => {
          allergy(files).resource.note = [{ text: { $: 'r.Manifestation' } }];
        },
        'AllergyIntolerance.json: resource.note[0].text.$: "r.Manifestation" repeats within a resource: it can stand only within {"$each": "reactions", "as": …}',
      ],
    ]);
    expect(cases).toEqual([]);
  });

  it('elements that FHIR does not have, or not so', () => {
    const cases = differences([
      [
        (files) => {
          patient(files).resource.birthdate = patient(files).resource.birthDate;
        },
        'Patient.json: resource.birthdate: Patient has no element "birthdate"; did you mean birthDate?',
      ],
      [
        (files) => {
          condition(files).resource.onset = { $: 'c.OnsetDate' };
        },
        'Condition.json: resource.onset: write the type with it: onsetDateTime, onsetAge, onsetPeriod, onsetRange, onsetString',
      ],
      [
        (files) => {
          patient(files).resource.name = patient(files).resource.name[0];
          patient(files).resource.gender = [patient(files).resource.gender];
        },
        'Patient.json: resource.name: is a list in FHIR: write [ … ]',
        'Patient.json: resource.gender: is no list in FHIR: write it without [ ]',
      ],
      [
        (files) => {
          patient(files).resource.id = { $: 'p.PatientID' };
          patient(files).search._id = { token: 'p.PatientID' };
        },
        'Patient.json: resource.id: is made by the engine: leave it out (see "key")',
        'Patient.json: search._id: is made by the engine: leave it out',
      ],
      [
        (files) => {
          delete condition(files).resource.subject;
        },
        'Condition.json: resource: subject is mandatory in Condition and is missing',
      ],
      [
        (files) => {
          files['tables.json'].Conditions.columns.PatientID = 'int null';
        },
        'warning: Condition.json: resource.subject: is mandatory and can be without a value: give "$absent" or a constant',
      ],
      [
        (files) => {
          patient(files).resource.gender = 'a  b';
          patient(files).resource.active = 'yes';
          patient(files).resource.maritalStatus = 'M';
        },
        'Patient.json: resource.gender: "a  b" is no code',
        'Patient.json: resource.active: "yes" is no boolean',
        'Patient.json: resource.maritalStatus: must be an object: here stands a CodeableConcept',
      ],
    ]);
    expect(cases).toEqual([]);
  });

  it('columns that do not fit', () => {
    const cases = differences([
      [
        (files) => {
          patient(files).resource.birthDate.$ = 'p.Weight';
        },
        'Patient.json: resource.birthDate: p.Weight is decimal(6,2), which does not fit date; it takes date, datetime, datetimeoffset, text',
      ],
      [
        (files) => {
          condition(files).resource.code = { $: 'c.Text' };
        },
        'Condition.json: resource.code: CodeableConcept has parts: a column cannot fill it whole',
      ],
      [
        (files) => {
          condition(files).joins[0].on = { Code: 'c.OnsetDate' };
        },
        'Condition.json: joins[0].on.Code: Code is varchar(6) and OnsetDate is date: they cannot be compared',
      ],
      [
        (files) => {
          condition(files).resource.subject.key = ['c.OnsetDate'];
        },
        'Condition.json: resource.subject.key[0]: c.OnsetDate is date, but PatientID of Patient is int',
        'warning: Condition.json: resource.subject: is mandatory and can be without a value: give "$absent" or a constant',
      ],
      [
        (files) => {
          condition(files).resource.subject.key = ['c.PatientID', 'c.ConditionID'];
        },
        'Condition.json: resource.subject.key: the key of Patient has 1 columns',
      ],
      [
        (files) => {
          condition(files).key = ['c.RecordedAt', 'c.Code', 'code.Term'];
        },
        'Condition.json: key[0]: c.RecordedAt is datetime: ids are made of integers, text, uniqueidentifiers and dates',
        'Condition.json: key[1]: c.Code may be NULL: a row without an id could not be addressed',
        'Condition.json: key[2]: code.Term is of a joined table: a key is made of columns of "from"',
      ],
      [
        (files) => {
          patient(files).where = [
            { column: 'p.IsDeleted', equals: 'no' },
            { column: 'p.Surname', equals: 1 },
            { column: 'p.DOB', in: ['today'] },
            { column: 'p.RowVersion', equals: 'x' },
            { column: 'p.Surname' },
          ];
        },
        'Patient.json: where[0].equals: p.IsDeleted is bit: it is compared with true or false',
        'Patient.json: where[1].equals: p.Surname is nvarchar(50): it is compared with text in quotes',
        'Patient.json: where[2].in: p.DOB is date: it is compared with a date like "2024-01-31"',
        'Patient.json: where[3].equals: p.RowVersion is rowversion: it can only be compared with "is"',
        'Patient.json: where[4]: a condition has exactly one of equals, notEquals, in, is',
      ],
    ]);
    expect(cases).toEqual([]);
  });

  it('names of other things: code tables, identifiers, targets, reasons, forms', () => {
    const cases = differences([
      [
        (files) => {
          patient(files).resource.gender.codes = 'gender';
          patient(files).resource.identifier[0].$identifier = 'ihl';
          patient(files).resource.birthDate.$absent = 'unknwon';
        },
        'Patient.json: resource.identifier[0].$identifier: "ihl" is no kind of identifier; did you mean ihi?',
        'Patient.json: resource.gender.codes: codes.json has no table "gender"',
        'Patient.json: resource.birthDate.$absent: must be a code of data-absent-reason such as "unknown"; did you mean unknown?',
      ],
      [
        (files) => {
          condition(files).resource.subject.$reference = 'Practitioner';
        },
        'Condition.json: resource.subject.$reference: may be to Patient, Group, not to Practitioner',
        'warning: Condition.json: resource.subject: refers to Practitioner, which this mapping does not have',
      ],
      [
        (files) => {
          patient(files).resource.birthDate = { $colum: 'p.DOB' };
          patient(files).resource.gender = { $: 'p.SexCode', $text: '{p.Title}' };
        },
        'Patient.json: resource.gender: "$text" cannot stand beside "$"',
        'Patient.json: resource.birthDate: "$colum" is no form of the template language',
      ],
      [
        (files) => {
          patient(files).resource.gender.code = 'sex';
        },
        'Patient.json: resource.gender: "code" is no part of {"$": …}: codes, time',
      ],
      [
        (files) => {
          allergy(files).resource.reaction[0].$each = 'reaction';
        },
        'AllergyIntolerance.json: resource.reaction[0].$each: must be the name of one of the "children"; did you mean reactions?',
      ],
      [
        (files) => {
          patient(files).resource.name[0].text = { $text: 'Patient' };
        },
        'Patient.json: resource.name[0].text.$text: has no column: write it as a constant, without "$text"',
      ],
    ]);
    expect(cases).toEqual([]);
  });

  it('search parameters', () => {
    const cases = differences([
      [
        (files) => {
          condition(files).search['onset_date'] = condition(files).search['onset-date'];
        },
        'Condition.json: search.onset_date: Condition has no search parameter "onset_date" in FHIR R4 or AU Core; did you mean onset-date?',
      ],
      [
        (files) => {
          patient(files).search.family = { token: 'p.Surname' };
        },
        'Patient.json: search.family: family is a string parameter: write {"string": …}',
      ],
      [
        (files) => {
          patient(files).search.birthdate = { date: 'p.Surname' };
        },
        'Patient.json: search.birthdate.date: p.Surname is nvarchar(50), which no date parameter (birthdate) can look into',
      ],
      [
        (files) => {
          condition(files).search.patient.reference = 'Practitioner';
        },
        'Condition.json: search.patient.reference: patient refers to Patient',
        'warning: Condition.json: search.patient: refers to Practitioner, which this mapping does not have',
      ],
      [
        (files) => {
          patient(files).search.identifier = [
            { token: 'p.IHI', identifier: 'mrn' },
            { token: 'p.IHI', systm: 'x' },
          ];
        },
        'Patient.json: search.identifier[0]: identifiers of the kind "mrn" need a "system"',
        'Patient.json: search.identifier[1]: systm is no known field here; did you mean system?',
      ],
      [
        (files) => {
          files['tables.json'].Conditions.indexes = [];
          files['tables.json'].Reactions.indexes = [];
        },
        'warning: AllergyIntolerance.json: children.reactions.parent: no index of Reactions begins with AllergyID: each page reads the whole table',
        'warning: Condition.json: search.patient.key: no index of Conditions begins with PatientID: searches read the whole table',
        'warning: Condition.json: search.onset-date.date: no index of Conditions begins with OnsetDate: searches read the whole table',
      ],
      [
        (files) => {
          patient(files).search.name = { string: ['p.Surname', 'p.Firstname', 'p.Title'] };
          const quantity = { quantity: 'p.Weight', codes: 'sex', code: 'kg', system: 'urn:x' };
          files['Observation.json'] = {
            resourceType: 'Observation',
            from: { table: 'Patients', as: 'p' },
            key: ['p.PatientID'],
            resource: { status: 'final', code: { text: 'Weight' } },
            search: { 'value-quantity': quantity, patient: { reference: 'Patient' } },
          };
        },
        'warning: Patient.json: search.name.string: no index of Patients begins with Firstname or Title: searches read the whole table',
        'warning: Observation.json: search.value-quantity.quantity: no index of Patients begins with Weight: searches read the whole table',
        'Observation.json: search.value-quantity: "codes" are of a "code" that is a column',
        'Observation.json: search.value-quantity: the code table says the system: leave "system" out',
        'Observation.json: search.patient: a reference has a "key" or an "identifier"',
      ],
      [
        (files) => {
          allergy(files).children.reactions.catalogue = 'Other';
          allergy(files).search.severity = { token: 'r.SeverityCode', codes: 'severity' };
        },
        'AllergyIntolerance.json: search.severity.token: r.SeverityCode is in another catalogue: no search can look into it',
      ],
    ]);
    expect(cases).toEqual([]);
  });

  it('the shape of the files', () => {
    const cases = differences([
      [
        (files) => {
          delete condition(files).key;
          condition(files).serach = {};
        },
        'Condition.json: key is missing',
        'Condition.json: serach is no known field here; did you mean search?',
      ],
      [
        (files) => {
          files['Patients.json'] = {};
        },
        'Patients.json: a mapping has no file of this name; did you mean Patient.json?',
      ],
      [
        (files) => {
          files['Slot.json'] = condition(files);
          delete files['Condition.json'];
        },
        'Slot.json: resourceType: the file must be named Condition.json',
      ],
      [
        (files) => {
          files['system.json'].text = 'loose';
        },
        'system.json: text: must be one of exact, nocase, linguistic, insensitive',
      ],
    ]);
    expect(cases).toEqual([]);
    expect(problemsAfter(() => undefined, 'sqlite')).toEqual([
      'system.json: dialects: the mapping is for tsql, firebird, not sqlite',
      'system.json: views.AllNumbers.sql: has no text for sqlite',
    ]);
    expect(cases).toEqual([]);
    expect(checkMapping({}, 'tsql').map(problemText)).toEqual([
      'system.json: name is missing',
      'system.json: title is missing',
      'system.json: dialects is missing',
    ]);
    expect(cases).toEqual([]);
  });
});

it('a mapping with errors is refused, all of them in one message; one with warnings is not', () => {
  const files = clinicFiles();
  files['Patient.json'].resource.gender.codes = 'gender';
  delete files['Condition.json'].resource.subject;
  let thrown: unknown;
  try {
    loadMapping(files, 'tsql');
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(ParhelionError);
  expect(thrown).toMatchObject({
    code: 'configInvalid',
    message: [
      'The FHIR mapping cannot be used:',
      'Patient.json: resource.gender.codes: codes.json has no table "gender"',
      'Condition.json: resource: subject is mandatory in Condition and is missing',
    ].join('\n'),
  });
});
