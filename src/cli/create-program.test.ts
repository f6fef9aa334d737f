import { describe, expect, test } from 'vitest';
import { ParhelionError } from '../errors/parhelion-error.ts';
import { type CliWorld, runCli } from './cli-test-bed.ts';
import type { RunFunctions } from './run-functions.ts';

/** Runs a command line and answers what each handed-in function was called with. */
async function callsOf(args: readonly string[]) {
  const calls: unknown[] = [];
  const record = (name: string) => async (options: unknown) => void calls.push([name, options]);
  const outcome = await runCli(args, {
    run: {
      dev: record('dev'),
      gateway: record('gateway'),
      linkRun: record('linkRun'),
      linkEnrol: record('linkEnrol'),
      linkCheck: record('linkCheck'),
      linkPairCode: record('linkPairCode'),
      linkPairings: record('linkPairings'),
      linkUnpair: record('linkUnpair'),
      linkRequireCode: record('linkRequireCode'),
      linkPause: record('linkPause'),
      linkResume: record('linkResume'),
      linkPolicy: record('linkPolicy'),
      linkAudit: record('linkAudit'),
      linkAuditVerify: record('linkAuditVerify'),
      fhirCheck: record('fhirCheck'),
      fhirTry: record('fhirTry'),
      fhirTables: record('fhirTables'),
    },
  });
  return { ...outcome, calls };
}

const ENROL = ['link', 'enrol', '--gateway', 'https://gw.example/', '--token', 't'];
const enrolled = {
  gateway: 'https://gw.example',
  token: 't',
  force: false,
  ask: false,
  practice: {},
  database: { settings: {}, catalogues: [] },
};

describe('commands of the servers and the link run what they were handed', () => {
  test.each<[string, string[], unknown]>([
    ['dev', ['dev'], ['dev', {}]],
    ['gateway', ['gateway'], ['gateway', {}]],
    ['link run', ['link', 'run', '--data-dir', 'd'], ['linkRun', { dataDir: 'd' }]],
    ['link run, default folder', ['link', 'run'], ['linkRun', {}]],
    ['link check', ['link', 'check', '--data-dir', 'd'], ['linkCheck', { dataDir: 'd' }]],
    ['pairings', ['link', 'pairings', '--data-dir', 'd'], ['linkPairings', { dataDir: 'd' }]],
    [
      'pause',
      ['link', 'pause', '--reason', 'a backup', '--until', '2026-11-23T07:00:00Z', '--now'],
      ['linkPause', { reason: 'a backup', until: '2026-11-23T07:00:00Z', now: true }],
    ],
    [
      'fhir check',
      ['fhir', 'check', './m', '--dialect', 'firebird'],
      ['fhirCheck', { mapping: './m', dialect: 'firebird' }],
    ],
    [
      'fhir try',
      ['fhir', 'try', './m', 'Patient?name=ng', '--data-dir', 'd'],
      ['fhirTry', { mapping: './m', request: 'Patient?name=ng', dataDir: 'd' }],
    ],
    ['fhir tables', ['fhir', 'tables', '--data-dir', 'd'], ['fhirTables', { dataDir: 'd' }]],
    ['require-code', ['link', 'require-code', 'off'], ['linkRequireCode', { isRequired: false }]],
    [
      'audit',
      ['link', 'audit', '--from', '2026-11-23T00:00:00Z', '--format', 'csv'],
      ['linkAudit', { from: Date.UTC(2026, 10, 23), format: 'csv' }],
    ],
    [
      'audit verify',
      ['link', 'audit', 'verify', '--data-dir', 'd'],
      ['linkAuditVerify', { format: 'table', dataDir: 'd' }],
    ],
    ['pair-code', ['link', 'pair-code', '--data-dir', 'd'], ['linkPairCode', { dataDir: 'd' }]],
    ['enrol', ENROL, ['linkEnrol', enrolled]],
    [
      'enrol anew, with databases',
      [...ENROL, '--force', '--data-dir=d', '--catalogue=A=/x=y.db', '--catalogue=B=C:\\b.db'],
      [
        'linkEnrol',
        {
          ...enrolled,
          force: true,
          dataDir: 'd',
          database: {
            settings: {},
            catalogues: [
              { name: 'A', location: '/x=y.db' },
              { name: 'B', location: 'C:\\b.db' },
            ],
          },
        },
      ],
    ],
    [
      'enrol with a server',
      [
        ...ENROL,
        '--driver=mssql',
        '--server=db',
        '--port=1433',
        '--instance=BPSINSTANCE',
        '--user=u',
        '--domain=D',
        '--encrypt=off',
        '--trust=any',
        '--time-zone=Australia/Sydney',
        '--password-env=DB_PW',
        '--catalogue=A',
        '--max-connections=8',
        '--system=s.json',
        '--pms-name=Zedmed',
        '--pms-version=36',
        '--pms-id=Z1',
        '--practice-name=P',
      ],
      [
        'linkEnrol',
        {
          ...enrolled,
          system: 's.json',
          practice: {
            practiceManagementName: 'Zedmed',
            practiceManagementVersion: '36',
            practiceManagementSiteId: 'Z1',
            practiceName: 'P',
          },
          database: {
            driver: 'mssql',
            settings: {
              server: 'db',
              port: '1433',
              instance: 'BPSINSTANCE',
              user: 'u',
              domain: 'D',
              encrypt: 'off',
              trust: 'any',
              timeZone: 'Australia/Sydney',
            },
            secret: { passwordEnv: 'DB_PW' },
            catalogues: [{ name: 'A' }],
            maxConnections: 8,
          },
        },
      ],
    ],
    [
      'enrol with another default',
      [...ENROL, '--catalogue', 'A=a', '--catalogue', 'B=b', '--default-catalogue', 'B'],
      [
        'linkEnrol',
        expect.objectContaining({ database: expect.objectContaining({ defaultCatalogue: 'B' }) }),
      ],
    ],
  ])('%s', async (_, args, call) => {
    const { exitCode, stdout, stderr, calls } = await callsOf(args);
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(calls).toEqual([call]);
  });

  test.each([
    [['link', 'enrol', '--token', 't']],
    [['link', 'enrol', '--gateway', 'https://gw.example']],
    [['link', 'enrol', '--gateway', 'gw.example', '--token', 't']],
    [[...ENROL, '--driver', 'dbase']],
    [[...ENROL, '--catalogue', '=a']],
    [[...ENROL, '--max-connections', 'many']],
    [[...ENROL, '--password', 'secret']],
    [[...ENROL, '--password-env', 'A', '--password-file', 'b']],
    [[...ENROL, '--catalogue', 'A=a', '--catalogue', 'A=b']],
    [[...ENROL, '--default-catalogue', 'A']],
    [[...ENROL, '--catalogue', 'A=a', '--default-catalogue', 'B']],
    [['dev', 'extra']],
    [['lnik']],
    [[]],
  ])('wrong usage runs nothing and ends with 2: %j', async (args) => {
    const { exitCode, stdout, stderr, calls } = await callsOf(args);
    expect({ exitCode, stdout, calls }).toEqual({ exitCode: 2, stdout: '', calls: [] });
    expect(stderr).not.toBe('');
  });
});

describe("the database's password", () => {
  const secretOf = async (args: string[], world: CliWorld) => {
    let secret: unknown;
    const linkEnrol: RunFunctions['linkEnrol'] = async ({ database }) => {
      secret = database.secret;
    };
    const outcome = await runCli([...ENROL, ...args], { ...world, run: { linkEnrol } });
    return { ...outcome, secret };
  };

  test.each<[string, string[], CliWorld, unknown]>([
    ['no source', [], {}, undefined],
    ['the environment', [], { env: { PARHELION_DB_PASSWORD: 'p w' } }, { password: 'p w' }],
    ['a file', ['--password-file=f'], { files: { f: 'p w\r\nmore' } }, { password: 'p w' }],
    [
      'a file, before the environment',
      ['--password-file=f'],
      { files: { f: 'file' }, env: { PARHELION_DB_PASSWORD: 'env' } },
      { password: 'file' },
    ],
  ])('comes from %s', async (_, args, world, secret) => {
    expect(await secretOf(args, world)).toMatchObject({ exitCode: 0, secret });
  });

  test.each([
    [{}, 'f cannot be read (ENOENT).'],
    [{ f: '\n' }, 'f has no password in its first line.'],
  ])('a file without one is an error: %j', async (files: Record<string, string>, sentence) => {
    const outcome = await secretOf(['--password-file=f'], { files });
    expect(outcome).toMatchObject({ exitCode: 1, stderr: `${sentence}\n`, secret: undefined });
  });
});

describe('what a handed-in function throws ends as one sentence', () => {
  test.each([
    [
      new ParhelionError('configInvalid', 'PARHELION_PORT is no port.'),
      'PARHELION_PORT is no port.',
    ],
    [new Error('first\n    at second'), 'first\\n    at second'],
    [new Error(''), 'Failed.'],
    ['a string', 'Failed.'],
  ])('%s', async (thrown, sentence) => {
    const outcome = await runCli(['gateway'], { run: { gateway: () => Promise.reject(thrown) } });
    expect(outcome).toEqual({ exitCode: 1, stdout: '', stderr: `${sentence}\n` });
  });
});

test('help and version go to stdout and end well', async () => {
  expect(await runCli(['--version'])).toEqual({ exitCode: 0, stdout: '26.1122.0\n', stderr: '' });
  const help = await runCli(['query', '--help']);
  expect(help).toMatchObject({ exitCode: 0, stderr: '' });
  expect(help.stdout).toContain('PARHELION_SITE');
  expect((await runCli(['--help'])).stdout).toMatch(/dev .*gateway.*link.*query.*admin/s);
});

test('a mistyped command is told with the likely one', async () => {
  expect((await runCli(['qurey'])).stderr).toContain('Did you mean query?');
});
