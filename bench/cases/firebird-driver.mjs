// Rows a second of the Firebird driver through the row encoder, against the library's own loop that makes an object of
// each row and JSON of the object. The ratio is the median over paired rounds; `growthMb` says whether memory is flat.
import { readFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import Firebird from 'node-firebird';
import { bundleSource } from '../support/bundle-source.mjs';
import { median } from '../support/median.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 8);
const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);
const FILE = `/var/lib/firebird/3.0/data/parhelion-bench-${process.pid}.fdb`;
const QUERY = 'SELECT * FROM PATIENTS';

const TABLE = `CREATE TABLE PATIENTS (ID INTEGER NOT NULL PRIMARY KEY, SURNAME VARCHAR(40), FIRSTNAME VARCHAR(40),
  DOB DATE, CREATED TIMESTAMP, BALANCE NUMERIC(10,2), WEIGHT DOUBLE PRECISION, ACTIVE SMALLINT, POSTCODE CHAR(4),
  CARD BIGINT)`;
const FILL = `EXECUTE BLOCK AS DECLARE I INTEGER = 1; BEGIN WHILE (I <= ${ROWS}) DO BEGIN
  INSERT INTO PATIENTS VALUES (:I, 'Surname ' || MOD(:I, 5000), 'First ' || MOD(:I, 700),
    DATEADD(MOD(:I, 30000) DAY TO DATE '1930-01-01'), DATEADD(:I SECOND TO TIMESTAMP '2020-01-01 08:00:00'),
    MOD(:I, 100000) / 100.00, MOD(:I, 1000) / 7e0, MOD(:I, 2), '4000', 2950000000 + :I);
  I = I + 1; END END`;

function connectionSettings() {
  const file = readFileSync('/etc/firebird/3.0/SYSDBA.password', 'utf8');
  const password = /^ISC_PASSWORD="?([^"\n]*)/m.exec(file)?.[1] ?? '';
  return { host: '127.0.0.1', port: 3050, user: 'SYSDBA', password, database: FILE };
}

/** The library's rows as objects, at the pace at which it likes to give them, with the numbers that lose nothing. */
async function drainLibrary(settings) {
  const database = await Firebird.attachAsync({ ...settings, numericMode: 'string' });
  let rows = 0;
  let characters = 0;
  await database.sequentiallyAsync(QUERY, [], (row) => {
    rows += 1;
    characters += JSON.stringify(row).length;
  });
  await database.detachAsync();
  return { rows, characters };
}

async function drainDriver({ createFirebirdDriver, EncodedResult }, settings) {
  const driver = createFirebirdDriver({
    driver: 'firebird',
    host: settings.host,
    user: settings.user,
    password: settings.password,
    charset: 'UTF8',
    catalogues: [{ name: 'Bench', file: FILE, isDefault: true }],
    maxConnections: 2,
  });
  const { signal } = new AbortController();
  const connection = await driver.connect({ signal });
  const command = { text: QUERY, type: 'text', parameters: [] };
  const result = new EncodedResult(connection.execute(command, { signal }));
  const startMb = process.memoryUsage.rss() / 1e6;
  let peakMb = startMb;
  for await (const _ of result.chunks()) {
    peakMb = Math.max(peakMb, process.memoryUsage.rss() / 1e6);
  }
  await connection[Symbol.asyncDispose]();
  return { rows: result.rows, characters: result.sizeBytes, growthMb: peakMb - startMb };
}

async function timed(work) {
  await turn();
  const start = process.hrtime.bigint();
  const result = await work();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (result.rows !== ROWS) throw new Error(`${result.rows} rows instead of ${ROWS}.`);
  return { ...result, perSecond: Math.round(result.rows / seconds) };
}

export async function run(report) {
  let settings;
  let database;
  try {
    settings = connectionSettings();
    database = await Firebird.createAsync({
      ...settings,
      defaultCharset: 'UTF8',
      pageSize: 16_384,
    });
  } catch {
    report({
      skipped: 'No Firebird server answers at 127.0.0.1:3050 with the password of its package.',
    });
    return;
  }
  try {
    await database.queryAsync(TABLE);
    await database.queryAsync(FILL);
    await database.detachAsync();
    const source = await bundleSource(`
      export { createFirebirdDriver } from './src/sql/drivers/firebird/create-firebird-driver.ts';
      export { EncodedResult } from './src/sql/encoded-result.ts';
    `);
    const ours = () => timed(() => drainDriver(source, settings));
    const library = () => timed(() => drainLibrary(settings));
    await ours();
    await library();
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // The order alternates, so that a machine that slows down does not favour one side.
      const isOursFirst = round % 2 === 0;
      const first = await (isOursFirst ? ours() : library());
      const second = await (isOursFirst ? library() : ours());
      rounds.push(
        isOursFirst ? { ours: first, library: second } : { ours: second, library: first },
      );
    }
    report({
      rows: ROWS,
      columns: 10,
      ratio: Number(
        median(rounds.map((round) => round.ours.perSecond / round.library.perSecond)).toFixed(3),
      ),
      baseline: 'node-firebird, objects, JSON.stringify',
      rounds: ROUNDS,
      parhelion: {
        perSecond: median(rounds.map((round) => round.ours.perSecond)),
        growthMb: Number(median(rounds.map((round) => round.ours.growthMb)).toFixed(1)),
      },
      library: { perSecond: median(rounds.map((round) => round.library.perSecond)) },
    });
  } finally {
    const dropping = await Firebird.attachAsync(settings);
    await dropping.dropAsync();
  }
}
