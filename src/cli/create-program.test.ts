import { describe, expect, test } from 'vitest';
import { ParhelionError } from '../errors/parhelion-error.ts';
import { runCli } from './cli-test-bed.ts';

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
      linkPairCode: record('linkPairCode'),
    },
  });
  return { ...outcome, calls };
}

const ENROL = ['link', 'enrol', '--gateway', 'https://gw.example/', '--token', 't'];
const enrolled = { gateway: 'https://gw.example', token: 't', force: false };

describe('commands of the servers and the link run what they were handed', () => {
  test.each<[string, string[], unknown]>([
    ['dev', ['dev'], ['dev', {}]],
    ['gateway', ['gateway'], ['gateway', {}]],
    ['link run', ['link', 'run', '--data-dir', 'd'], ['linkRun', { dataDir: 'd' }]],
    ['link run, default folder', ['link', 'run'], ['linkRun', {}]],
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
            driver: 'sqlite',
            catalogues: [
              { name: 'A', path: '/x=y.db' },
              { name: 'B', path: 'C:\\b.db' },
            ],
            defaultCatalogue: 'A',
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
    [[...ENROL, '--catalogue', 'A']],
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
