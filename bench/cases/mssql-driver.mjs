// Rows a second of the SQL Server driver through its row encoder, against tedious' own rows made into objects and JSON.
// The server is the TDS peer of the tests, in a process of its own. The ratio is the median over paired rounds.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { bundle } from '../support/bundle.mjs';
import { median } from '../support/median.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 8);
const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);
const WARM_UP_ROWS = 100_000;
const MB = 1024 * 1024;

function start(program, ...parameters) {
  const child = spawn(process.execPath, [program, ...parameters], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${program} ended.`);
    return value;
  };
  return {
    next,
    async measure(rows) {
      child.stdin.write(`${rows}\n`);
      return JSON.parse(await next());
    },
    stop: () => child.kill(),
  };
}

export async function run(report) {
  const programs = await bundle([
    'bench/programs/mssql-peer.mjs',
    'bench/programs/mssql-driver.mjs',
    'bench/programs/mssql-library.mjs',
  ]);
  const peer = start(programs.path('mssql-peer'));
  const started = [peer];
  try {
    const port = await peer.next();
    const driver = start(programs.path('mssql-driver'), port);
    const library = start(programs.path('mssql-library'), port);
    started.push(driver, library);
    report(await compare(driver, library));
  } finally {
    for (const program of started) program.stop();
    programs.remove();
  }
}

async function compare(driver, library) {
  for (const side of [driver, library]) await side.measure(WARM_UP_ROWS);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // The order alternates, so that a machine that slows down does not favour one side.
    const isDriverFirst = round % 2 === 0;
    const first = await (isDriverFirst ? driver : library).measure(ROWS);
    const second = await (isDriverFirst ? library : driver).measure(ROWS);
    rounds.push(
      isDriverFirst ? { driver: first, library: second } : { driver: second, library: first },
    );
  }
  const rowsPerSecond = (side) =>
    Math.round(ROWS / median(rounds.map((round) => round[side].seconds)));
  const growthMb = ({ baseBytes, peakBytes }) => Math.round((peakBytes - baseBytes) / MB);
  return {
    ratio: Number(
      median(rounds.map((round) => round.library.seconds / round.driver.seconds)).toFixed(3),
    ),
    baseline: "tedious' rows as objects, JSON.stringify",
    rows: ROWS,
    rounds: ROUNDS,
    parhelion: {
      rowsPerSecond: rowsPerSecond('driver'),
      megabytes: Math.round(rounds[0].driver.bytes / MB),
      largestGrowthMb: Math.max(...rounds.map((round) => growthMb(round.driver))),
    },
    library: { rowsPerSecond: rowsPerSecond('library') },
  };
}
