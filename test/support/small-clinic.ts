import type { FhirStatement, StatementResult } from '../../src/fhir/course.ts';
import { loadMapping } from '../../src/fhir/mapping/load-mapping.ts';
import type { SqlDialectName, SystemMapping } from '../../src/fhir/mapping/system-mapping.ts';
import type { Connection, Value } from '../../src/sql/driver.ts';
import { createFirebirdDriver } from '../../src/sql/drivers/firebird/create-firebird-driver.ts';
import { temporaryCatalogues } from '../../src/sql/drivers/sqlite/testing/temporary-catalogues.ts';
import { createFirebirdDatabase, isFirebirdSkipped } from './firebird-server.ts';

/** A row of each table, by column. */
export type ClinicRow = Readonly<Record<string, Value>>;

/** Rows of the small clinic, by table. */
export type ClinicRows = Readonly<Record<string, readonly ClinicRow[]>>;

const TABLES: Readonly<Record<string, { key: string; columns: Readonly<Record<string, string>> }>> =
  {
    People: {
      key: 'PersonID',
      columns: {
        PersonID: 'int',
        ExternalCode: 'varchar(10) null',
        Surname: 'nvarchar(40) null',
        Firstname: 'nvarchar(40) null',
        DOB: 'date null',
        SexCode: 'char(1) null',
        IsActive: 'bit null',
        DiedAt: 'datetime null',
        UpdatedAt: 'datetime2(7) null',
        IsDeleted: 'bit',
        DoctorID: 'int null',
      },
    },
    Numbers: {
      key: 'NumberID',
      columns: {
        NumberID: 'int',
        PersonID: 'int',
        System: 'varchar(80) null',
        Number: 'nvarchar(40)',
        IsOld: 'bit',
      },
    },
    Visits: {
      key: 'VisitID',
      columns: {
        VisitID: 'int',
        PersonID: 'int',
        DoctorID: 'int null',
        VisitDate: 'date null',
        VisitTime: 'time null',
        StartAt: 'datetime null',
        EndAt: 'datetime null',
        StatusCode: 'char(1) null',
        Cost: 'decimal(8,2) null',
        CostUnit: 'nvarchar(10) null',
        CostCode: 'varchar(3) null',
      },
    },
    Doctors: { key: 'DoctorID', columns: { DoctorID: 'int', Surname: 'nvarchar(40) null' } },
  };

const INDEXES = [
  ['People', 'Surname'],
  ['People', 'DOB'],
  ['Numbers', 'Number'],
  ['Numbers', 'PersonID'],
  ['Visits', 'PersonID'],
  ['Visits', 'VisitDate'],
] as const;

/** The mapping's files. @param text how the database compares text */
export function smallClinicFiles(text: unknown): Record<string, unknown> {
  const tables = Object.entries(TABLES).map(([name, { key, columns }]) => [
    name,
    {
      columns,
      key: [key],
      indexes: INDEXES.filter(([table]) => table === name).map(([, own]) => [own]),
    },
  ]);
  return {
    'system.json': {
      name: 'small-clinic',
      title: 'A small clinic',
      dialects: ['tsql', 'firebird', 'sqlite'],
      text,
    },
    'tables.json': Object.fromEntries(tables),
    'codes.json': CODES,
    'Patient.json': PATIENT,
    'Encounter.json': ENCOUNTER,
    'Practitioner.json': PRACTITIONER,
    'Procedure.json': PROCEDURE,
  };
}

const CODES = {
  sex: {
    system: 'http://hl7.org/fhir/administrative-gender',
    codes: { F: 'female', M: 'male', X: { code: 'other', display: 'Other sex' } },
    otherwise: 'unknown',
    whenNull: 'unknown',
  },
  visitStatus: {
    system: 'http://hl7.org/fhir/encounter-status',
    codes: { F: 'finished', P: 'planned', W: 'planned' },
    otherwise: 'unknown',
    whenNull: 'unknown',
  },
};

const PATIENT = {
  resourceType: 'Patient',
  from: { table: 'People', as: 'p' },
  key: ['p.PersonID'],
  lastUpdated: 'p.UpdatedAt',
  deleted: [{ column: 'p.IsDeleted', equals: true }],
  children: {
    numbers: {
      from: { table: 'Numbers', as: 'n' },
      parent: { 'n.PersonID': 'p.PersonID' },
      orderBy: ['n.NumberID'],
    },
  },
  resource: {
    identifier: [{ $each: 'numbers', as: { system: { $: 'n.System' }, value: { $: 'n.Number' } } }],
    active: { $: 'p.IsActive' },
    name: [{ family: { $: 'p.Surname' }, given: [{ $: 'p.Firstname' }] }],
    gender: { $: 'p.SexCode', codes: 'sex' },
    birthDate: { $: 'p.DOB' },
    deceasedDateTime: { $: 'p.DiedAt' },
    generalPractitioner: [{ $reference: 'Practitioner', key: ['p.DoctorID'] }],
  },
  search: {
    family: { string: 'p.Surname' },
    name: { string: ['p.Surname', 'p.Firstname'] },
    birthdate: { date: 'p.DOB' },
    'death-date': { date: 'p.DiedAt' },
    gender: { token: 'p.SexCode', codes: 'sex' },
    active: { token: 'p.IsActive' },
    identifier: [
      {
        token: 'n.Number',
        system: { column: 'n.System' },
        where: [{ column: 'n.IsOld', equals: false }],
      },
      { token: 'p.ExternalCode', identifier: 'ihi' },
      { token: 'p.ExternalCode', system: 'urn:c', prefix: 'x:', suffix: 'p.SexCode' },
    ],
    'general-practitioner': { reference: 'Practitioner', key: ['p.DoctorID'] },
  },
};

const ENCOUNTER = {
  resourceType: 'Encounter',
  from: { table: 'Visits', as: 'v' },
  joins: [{ table: 'Doctors', as: 'd', on: { DoctorID: 'v.DoctorID' } }],
  key: ['v.VisitID'],
  resource: {
    status: { $: 'v.StatusCode', codes: 'visitStatus' },
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    subject: { $reference: 'Patient', key: ['v.PersonID'] },
    participant: [
      {
        individual: {
          $reference: 'Practitioner',
          key: ['v.DoctorID'],
          display: { $: 'd.Surname' },
        },
      },
    ],
    period: { start: { $: 'v.StartAt' }, end: { $: 'v.EndAt' } },
  },
  search: {
    patient: { reference: 'Patient', key: ['v.PersonID'] },
    subject: { reference: 'Patient', key: ['v.PersonID'] },
    practitioner: { reference: 'Practitioner', key: ['v.DoctorID'] },
    date: { date: { date: 'v.VisitDate', time: 'v.VisitTime' } },
    'location-period': {
      date: { start: 'v.StartAt', end: 'v.EndAt' },
      where: [{ column: 'v.StatusCode', notEquals: 'Z' }],
    },
    status: { token: 'v.StatusCode', codes: 'visitStatus' },
    length: {
      quantity: 'v.Cost',
      unit: { column: 'v.CostUnit' },
      code: { column: 'v.CostCode' },
      system: 'urn:iso:std:iso:4217',
    },
  },
};

const PRACTITIONER = {
  resourceType: 'Practitioner',
  from: { table: 'Doctors', as: 'd' },
  key: ['d.DoctorID'],
  resource: { name: [{ family: { $: 'd.Surname' } }] },
  search: { name: { string: 'd.Surname' } },
};

const PROCEDURE = {
  resourceType: 'Procedure',
  from: { table: 'Visits', as: 'v' },
  key: ['v.VisitID'],
  resource: {
    status: 'completed',
    subject: { $reference: 'Patient', key: ['v.PersonID'] },
    performedDateTime: { $first: [{ $: 'v.StartAt' }, { $: 'v.VisitDate' }] },
  },
  search: {
    date: [
      { date: 'v.StartAt' },
      { date: 'v.VisitDate', where: [{ column: 'v.StartAt', is: 'null' }] },
      { date: 'v.EndAt', where: [{ column: 'v.StatusCode', equals: 'F' }] },
    ],
  },
};

/** A small clinic in a database that runs its statements. */
export interface SmallClinic extends AsyncDisposable {
  readonly dialect: SqlDialectName;
  readonly system: SystemMapping;
  run(statement: FhirStatement): Promise<StatementResult>;
}

const COLLATIONS: Readonly<Record<string, string>> = {
  insensitive: ' COLLATE UNICODE_CI_AI',
  linguistic: ' COLLATE UNICODE_CI',
};

/** A column as Firebird declares it. */
function firebirdType(declared: string, text: string): string {
  const [type = ''] = declared.split(' ');
  const isText = /char/.test(type);
  const base = type
    .replace('nvarchar', 'VARCHAR')
    .replace('bit', 'SMALLINT')
    .replace(/^datetime.*/, 'TIMESTAMP');
  return isText ? `${base} CHARACTER SET UTF8${COLLATIONS[text] ?? ''}` : base;
}

function literal(value: Value | undefined, isFirebird: boolean): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number') return String(value);
  const text = isFirebird ? String(value).replace(/^(\d{4}-\d\d-\d\d)T/, '$1 ') : String(value);
  return `'${text.replaceAll("'", "''")}'`;
}

function inserts(rows: ClinicRows, dialect: SqlDialectName): string[] {
  return Object.entries(rows).flatMap(([table, list]) =>
    list.map((row) => {
      const values = Object.entries(TABLES[table]?.columns ?? {}).map(([column, declared]) => {
        const value = row[column];
        // The demo keeps decimals as scaled integers.
        const isScaled = declared.startsWith('decimal') && typeof value === 'string';
        if (isScaled && dialect === 'tsql') return String(Math.round(Number(value) * 100));
        return isScaled ? value : literal(value, dialect === 'firebird');
      });
      return `INSERT INTO ${table} VALUES (${values.join(', ')})`;
    }),
  );
}

function sqliteScript(rows: ClinicRows, dialect: SqlDialectName): string {
  const tables = Object.entries(TABLES).map(([name, { key, columns }]) => {
    const lines = Object.entries(columns).map(([column, declared]) => {
      const [type = ''] = declared.split(' ');
      const collation = /char/.test(type) ? ' COLLATE NOCASE' : '';
      return column === key
        ? `${column} INTEGER NOT NULL PRIMARY KEY`
        : `${column} ${type}${collation}`;
    });
    return `CREATE TABLE ${name} (${lines.join(', ')})`;
  });
  const indexes = INDEXES.map(
    ([table, column]) => `CREATE INDEX ${table}_${column} ON ${table}(${column})`,
  );
  return [...tables, ...indexes, ...inserts(rows, dialect)].join(';\n');
}

const NEVER = new AbortController().signal;

async function runOn(
  connection: Connection,
  { text, parameters }: FhirStatement,
): Promise<StatementResult> {
  const rows: (readonly Value[])[] = [];
  for await (const event of connection.execute(
    { text, type: 'text', parameters },
    { signal: NEVER },
  )) {
    if (event.kind === 'rows') rows.push(...event.rows);
  }
  return { rows, rowsAffected: 0, outputs: {} };
}

/** The clinic in a SQLite file of the demo's form, reached in T-SQL or in SQLite's own. */
export async function openSqliteClinic(
  dialect: 'tsql' | 'sqlite',
  rows: ClinicRows,
): Promise<SmallClinic> {
  const catalogues = temporaryCatalogues({ Clinic: sqliteScript(rows, dialect) }, dialect);
  const connection = await catalogues.driver.connect({ signal: NEVER });
  return {
    dialect,
    system: loadMapping(smallClinicFiles('nocase'), dialect),
    run: (statement) => runOn(connection, statement),
    async [Symbol.asyncDispose]() {
      await connection[Symbol.asyncDispose]();
      catalogues[Symbol.dispose]();
    },
  };
}

/** The clinic in a Firebird database whose texts have a collation. */
export async function openFirebirdClinic(
  text: 'exact' | 'linguistic' | 'insensitive',
  rows: ClinicRows,
): Promise<SmallClinic> {
  const database = await createFirebirdDatabase();
  const tables = Object.entries(TABLES).map(([name, { key, columns }]) => {
    const lines = Object.entries(columns).map(
      ([column, declared]) =>
        `${column} ${firebirdType(declared, text)}${column === key ? ' NOT NULL PRIMARY KEY' : ''}`,
    );
    return `CREATE TABLE ${name} (${lines.join(', ')})`;
  });
  const indexes = INDEXES.map(
    ([table, column]) => `CREATE INDEX ${table}_${column} ON ${table}(${column})`,
  );
  await database.run(...tables, ...indexes);
  const all = inserts(rows, 'firebird');
  for (let from = 0; from < all.length; from += 100) {
    const block = all.slice(from, from + 100).map((own) => `${own};`);
    await database.run(`EXECUTE BLOCK AS BEGIN ${block.join(' ')} END`);
  }
  const connection = await createFirebirdDriver(database.options).connect({ signal: NEVER });
  return {
    dialect: 'firebird',
    system: loadMapping(smallClinicFiles(text), 'firebird'),
    run: (statement) => runOn(connection, statement),
    async [Symbol.asyncDispose]() {
      await connection[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** Title of an engine, and what opens the clinic on it. */
export type ClinicEngine = readonly [title: string, open: () => Promise<SmallClinic>];

/** The clinic on every engine that is here. @param onFirebird the collations that Firebird is to be tried with */
export function clinicEngines(
  rows: ClinicRows,
  onFirebird: Readonly<Record<string, Parameters<typeof openFirebirdClinic>[0]>> = {
    Firebird: 'insensitive',
  },
): readonly ClinicEngine[] {
  const firebird = isFirebirdSkipped ? [] : Object.entries(onFirebird);
  return [
    ['T-SQL on the demo’s files', () => openSqliteClinic('tsql', rows)],
    ['SQLite', () => openSqliteClinic('sqlite', rows)],
    ...firebird.map(([title, text]): ClinicEngine => [title, () => openFirebirdClinic(text, rows)]),
  ];
}
