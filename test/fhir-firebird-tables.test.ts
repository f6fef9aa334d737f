import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TempFolder } from './support/dev-system.ts';
import {
  createFirebirdPractice,
  FIREBIRD_PRACTICE_TIMEOUT_MS,
  type FirebirdPractice,
} from './support/firebird-practice.ts';
import { describeOnFirebird } from './support/firebird-server.ts';
import { runCommand } from './support/program.ts';

const HARBOUR = fileURLToPath(new URL('../examples/fhir/harbour-clinic', import.meta.url));

interface FoundTable {
  readonly columns: Readonly<Record<string, string>>;
  readonly key: readonly string[];
  readonly indexes: readonly (readonly string[])[];
}

describeOnFirebird('setting up FHIR', () => {
  const folder = new TempFolder();
  let practice: FirebirdPractice;

  beforeAll(async () => {
    practice = await createFirebirdPractice();
    const config = JSON.parse(readFileSync(join(HARBOUR, 'link/link.json'), 'utf8')) as object;
    const fhir = { mapping: 'demo-practice', timeZone: 'Australia/Sydney' };
    writeFileSync(
      join(folder.path, 'link.json'),
      JSON.stringify({ ...config, fhir, database: practice.options }),
    );
  }, FIREBIRD_PRACTICE_TIMEOUT_MS);

  afterAll(async () => {
    await practice?.[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  const ask = (...args: readonly string[]) =>
    runCommand(['fhir', ...args, '--data-dir', folder.path], {});

  it('reads the tables of all catalogues with types, keys and indexes', async () => {
    const tables = JSON.parse(await ask('tables')) as Readonly<Record<string, FoundTable>>;
    expect(tables['PATIENTS']).toMatchObject({
      columns: {
        INTERNALID: 'int',
        SURNAME: 'nvarchar(50) null text insensitive',
        IHI: 'nvarchar(16) null text exact',
        STATE: 'nchar(3) null text exact',
        DOB: 'date null',
        TIMEOFBIRTH: 'time null',
        ISDELETED: 'smallint',
        ACCOUNTBALANCE: 'decimal(18,4)',
        UPDATEDAT: 'datetime2',
        ROWVERSION: 'bigint',
      },
      key: ['INTERNALID'],
      indexes: expect.arrayContaining([['SURNAME', 'FIRSTNAME'], ['DOB']]),
    });
    expect(tables['OBSERVATIONS']?.columns['VALUE']).toBe('decimal(9,2) null');
    expect(tables['DOCUMENTCONTENTS']).toEqual({
      columns: {
        DOCUMENTID: 'int',
        PAGENO: 'smallint',
        SIZEBYTES: 'int',
        CONTENT: 'varbinary(max)',
      },
      key: ['DOCUMENTID', 'PAGENO'],
      indexes: [['DOCUMENTID']],
    });
  });

  it('writes what a mapping can start from', async () => {
    const mapping = join(folder.path, 'mapping');
    mkdirSync(mapping);
    const write = (name: string, text: string) => writeFileSync(join(mapping, name), text);
    write('tables.json', await ask('tables'));
    write(
      'system.json',
      JSON.stringify({ name: 'shouting', title: 'Shouting', dialects: ['firebird'] }),
    );
    write(
      'Patient.json',
      JSON.stringify({
        resourceType: 'Patient',
        from: { table: 'PATIENTS', as: 'p' },
        key: ['p.INTERNALID'],
        resource: { name: [{ family: { $: 'p.SURNAME' } }] },
        search: { family: { string: 'p.SURNAME' } },
      }),
    );
    expect(await ask('check', mapping)).toContain('ok    The database has the tables');
    expect(await ask('try', mapping, 'Patient?family=NG&_count=1')).toContain('"family": "Ng"');
  });

  it('finds in the database what the mapping names', async () => {
    const said = await ask('check', 'demo-practice');
    expect(said).toContain('ok    The database has the tables, columns and indexes.');
    expect(said).not.toContain('WRONG');
  });

  it('answers a request with its SQL', async () => {
    const said = await ask('try', 'demo-practice', 'Patient?name=ng&_count=1');
    expect(said).toMatch(/^-- Statement 1: 2 rows, \d+ ms\nSELECT FIRST \(@p1\) /);
    expect(said).toContain('HTTP 200');
  });
});
