/** The files of a small mapping that uses each part of the language; a new copy each time, to be changed by tests. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests change any part of it
export function clinicFiles(): Record<string, any> {
  return structuredClone({
    'system.json': SYSTEM,
    'tables.json': TABLES,
    'codes.json': CODES,
    'Patient.json': PATIENT,
    'Condition.json': CONDITION,
    'AllergyIntolerance.json': ALLERGY,
  });
}

const SYSTEM = {
  name: 'clinic',
  title: 'A clinic',
  dialects: ['tsql', 'firebird'],
  text: { tsql: 'linguistic', firebird: 'insensitive' },
  views: {
    AllNumbers: {
      columns: { PatientID: 'int', Kind: 'varchar(20)', Number: 'varchar(40) null' },
      sql: {
        tsql: 'SELECT PatientID, Kind, Number FROM Numbers',
        firebird: 'SELECT 1 FROM Numbers',
      },
    },
  },
};

const TABLES = {
  Patients: {
    columns: {
      PatientID: 'int',
      Surname: 'nvarchar(50)',
      Firstname: 'nvarchar(50) null',
      Title: 'nvarchar(20) null',
      DOB: 'date null',
      SexCode: 'char(1) null',
      IHI: 'varchar(16) null',
      Phone: 'varchar(20) null',
      Weight: 'decimal(6,2) null',
      IsDeleted: 'bit',
      UpdatedAt: 'datetime2(7)',
      RowVersion: 'rowversion',
    },
    key: ['PatientID'],
    indexes: [['Surname', 'Firstname'], ['IHI']],
  },
  Conditions: {
    columns: {
      ConditionID: 'int',
      PatientID: 'int',
      Code: 'varchar(6) null',
      Text: 'nvarchar(200) null',
      StatusCode: 'char(1) null',
      OnsetDate: 'date null',
      OnsetText: 'nvarchar(60) null',
      RecordedAt: 'datetime null',
      Notes: 'nvarchar(max) null',
    },
    key: ['ConditionID'],
    indexes: [['PatientID'], ['OnsetDate']],
  },
  ConditionCodes: {
    columns: { Code: 'varchar(6)', Term: 'nvarchar(120)', SnomedCode: 'varchar(18) null' },
    key: ['Code'],
    indexes: [['SnomedCode']],
  },
  Allergies: {
    columns: { AllergyID: 'int', PatientID: 'int', Substance: 'nvarchar(100) null' },
    key: ['AllergyID'],
    indexes: [['PatientID']],
  },
  Reactions: {
    columns: {
      ReactionID: 'int',
      AllergyID: 'int',
      Manifestation: 'nvarchar(80) null',
      SeverityCode: 'tinyint null',
    },
    key: ['ReactionID'],
    indexes: [['AllergyID']],
  },
};

const CODES = {
  sex: {
    codes: { F: 'female', M: 'male', X: { code: 'other', display: 'Other' } },
    otherwise: 'unknown',
    whenNull: 'unknown',
  },
  clinicalStatus: {
    system: 'http://terminology.hl7.org/CodeSystem/condition-clinical',
    codes: { A: { code: 'active', display: 'Active' }, R: 'resolved' },
  },
  severity: { codes: { 1: 'mild', 2: 'moderate', 3: 'severe' } },
};

const PATIENT = {
  resourceType: 'Patient',
  profile: ['http://hl7.org.au/fhir/core/StructureDefinition/au-core-patient'],
  from: { table: 'Patients', as: 'p' },
  key: ['p.PatientID'],
  version: 'p.RowVersion',
  lastUpdated: 'p.UpdatedAt',
  deleted: [{ column: 'p.IsDeleted', equals: true }],
  resource: {
    identifier: [{ $identifier: 'ihi', value: { $: 'p.IHI' } }],
    name: [
      {
        use: 'official',
        family: { $: 'p.Surname' },
        given: [{ $: 'p.Firstname' }],
        text: { $text: '{p.Title} {p.Firstname} {p.Surname}' },
      },
    ],
    telecom: [{ system: 'phone', value: { $: 'p.Phone' }, use: 'mobile' }],
    gender: { $: 'p.SexCode', codes: 'sex' },
    birthDate: { $: 'p.DOB', $absent: 'unknown' },
  },
  search: {
    family: { string: 'p.Surname' },
    identifier: { token: 'p.IHI', identifier: 'ihi' },
    gender: { token: 'p.SexCode', codes: 'sex' },
    birthdate: { date: 'p.DOB' },
  },
};

const CONDITION = {
  resourceType: 'Condition',
  from: { table: 'Conditions', as: 'c' },
  joins: [{ table: 'ConditionCodes', as: 'code', on: { Code: 'c.Code' } }],
  key: ['c.ConditionID'],
  resource: {
    clinicalStatus: { coding: [{ $coding: 'c.StatusCode', codes: 'clinicalStatus' }] },
    code: {
      coding: [
        {
          system: 'http://snomed.info/sct',
          code: { $: 'code.SnomedCode' },
          display: { $: 'code.Term' },
        },
      ],
      text: { $first: [{ $: 'c.Text' }, { $: 'code.Term' }] },
      $absent: 'unknown',
    },
    subject: { $reference: 'Patient', key: ['c.PatientID'] },
    onsetDateTime: { $: 'c.OnsetDate' },
    onsetString: { $: 'c.OnsetText' },
    recordedDate: { $: 'c.RecordedAt' },
    note: [{ text: { $: 'c.Notes' } }],
  },
  search: {
    patient: { reference: 'Patient', key: ['c.PatientID'] },
    code: { token: 'code.SnomedCode', system: 'http://snomed.info/sct', text: 'code.Term' },
    'onset-date': { date: 'c.OnsetDate' },
  },
};

const ALLERGY = {
  resourceType: 'AllergyIntolerance',
  from: { table: 'Allergies', as: 'a' },
  key: ['a.AllergyID'],
  children: {
    reactions: {
      from: { table: 'Reactions', as: 'r' },
      parent: { 'r.AllergyID': 'a.AllergyID' },
      orderBy: ['r.ReactionID'],
    },
  },
  resource: {
    code: { text: { $: 'a.Substance' }, $absent: 'unknown' },
    patient: { $reference: 'Patient', key: ['a.PatientID'] },
    reaction: [
      {
        $each: 'reactions',
        as: {
          manifestation: [{ text: { $: 'r.Manifestation' }, $absent: 'unknown' }],
          severity: { $: 'r.SeverityCode', codes: 'severity' },
        },
      },
    ],
  },
  search: {
    patient: { reference: 'Patient', key: ['a.PatientID'] },
  },
};
