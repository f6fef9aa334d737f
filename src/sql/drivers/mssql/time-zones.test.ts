import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));
const cache = fileURLToPath(new URL('../../../../node_modules/.cache/', import.meta.url));

/** Moments that clocks skip, repeat, or have never shown in the zones below, there and back. */
const PROGRAM = `
import { resultSet } from '../../../../test/support/tds-peer/answers.ts';
import { kinds } from '../../../../test/support/tds-peer/column-kinds.ts';
import { run, startPeerBed, text } from '../../../../test/support/tds-peer/peer-bed.ts';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const stored = [
  [kinds.date, '2024-10-06'],
  [kinds.date, '0001-01-01'],
  [kinds.datetime2(7), '2024-10-06T02:15:00.1234567'],
  [kinds.datetime2(7), '2024-03-10T02:30:00'],
  [kinds.datetime2(7), '1884-03-08T23:59:59.9999999'],
  [kinds.datetimeN, { text: '2024-04-07T01:45:00', ticks: 2 }],
  [kinds.smalldatetimeN, '2024-04-07T01:45'],
  [kinds.time(7), '02:30:00.0000001'],
  [kinds.datetimeoffset(7), '2024-10-06T02:15:00.0000001+10:30'],
];
const sent = {
  Date: '2024-10-06',
  DateTime: '2024-03-10T02:30:00',
  DateTime2: '2024-10-06T02:15:00.1234567',
  DateTimeOffset: '2024-10-06T02:15:00.0000001+10:30',
  SmallDateTime: '2024-04-07T01:45:00',
  Time: '02:30:00.0000001',
};
await using bed = await startPeerBed({
  handler: () => [
    resultSet(stored.map(([kind], i) => ({ name: 'c' + i, kind })), [stored.map(([, value]) => value)]),
  ],
});
await using connection = await bed.connect();
const parameters = Object.entries(sent).map(([typeName, value]) => ({
  name: '@' + typeName, direction: 'input', typeName, value,
}));
const { sets } = await run(connection, text('SELECT 1', parameters));
const arrived = bed.peer.seen.requests[0].parameters.map(({ value }) => value);
console.log(JSON.stringify({ zone, read: sets[0].rows[0], arrived }));
`;

let folder: string;
let program: string;

beforeAll(async () => {
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, 'time-zones-'));
  program = join(folder, 'program.mjs');
  await build({
    stdin: { contents: PROGRAM, resolveDir: here, loader: 'ts' },
    outfile: program,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('dates and times', () => {
  it.each(['America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'])(
    'are those of the database on a machine in %s',
    async (zone) => {
      const { stdout } = await promisify(execFile)(process.execPath, [program], {
        env: { ...process.env, TZ: zone },
      });
      const { zone: actual, read, arrived } = JSON.parse(stdout);
      // Kathmandu's older spelling is what some systems report.
      expect([zone, 'Asia/Katmandu']).toContain(actual);
      expect(read).toEqual([
        '2024-10-06',
        '0001-01-01',
        '2024-10-06T02:15:00.1234567',
        '2024-03-10T02:30:00',
        '1884-03-08T23:59:59.9999999',
        '2024-04-07T01:45:00.007',
        '2024-04-07T01:45:00',
        '02:30:00.0000001',
        '2024-10-06T02:15:00.0000001+10:30',
      ]);
      expect(arrived).toEqual([
        '2024-10-06',
        '2024-03-10T02:30:00+0/300',
        '2024-10-06T02:15:00.1234567',
        '2024-10-05T15:45:00.0000001Z offset 630',
        '2024-04-07T01:45:00.0000000',
        '02:30:00.0000001',
      ]);
    },
  );
});
