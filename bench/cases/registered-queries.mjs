// Ten thousand registered queries on one link, created as fast as the gateway takes them. `ratio` is the runs that were
// made by those that were due. Lateness is measured at the end of a run against the grid of its query, which begins at
// its creation; that of the last period beside that of the first shows drift. Nothing changes in the practice, so that no
// result may be sent after the first one.
import { setTimeout as delay } from 'node:timers/promises';
import { findProcess, residentBytes } from '../support/process-memory.mjs';
import { startSystem } from '../support/system.mjs';

const QUERIES = Number(process.env.BENCH_QUERIES ?? 10_000);
const FREQUENCY_S = Number(process.env.BENCH_FREQUENCY_S ?? 30);
const PERIODS = Number(process.env.BENCH_PERIODS ?? 2);
const CREATORS = 64;
const FIRST_RUNS_LIMIT_MS = 300_000;
const TEXT = 'SELECT InternalID, Surname, DOB FROM Patients WHERE InternalID = @id';

export async function run(report) {
  const system = await startSystem({ PARHELION_REGISTERED_MIN_FREQUENCY_S: '1' });
  try {
    report(await measure(system));
  } finally {
    await system.stop();
  }
}

async function measure(system) {
  const link = findProcess(system.pid, ' link ');
  await delay(5_000);
  const residentBefore = residentBytes(link);
  const startedAt = performance.now();
  await createAll(system);
  const createMs = performance.now() - startedAt;
  await untilAllHaveRun(system);
  const firstRunsMs = performance.now() - startedAt;
  const bytesBefore = await resultBytes(system);
  const periods = [];
  for (let period = 0; period < PERIODS; period += 1) {
    await delay(FREQUENCY_S * 1_000);
    periods.push(lateness(await list(system)));
  }
  const queries = await list(system);
  const runs = queries.map(({ metrics }) => metrics.executionSucceededCount);
  const due = queries.map(
    ({ createdAt, metrics }) =>
      Math.floor(
        (Date.parse(metrics.lastSucceededAt) - Date.parse(createdAt)) / 1_000 / FREQUENCY_S,
      ) + 1,
  );
  const sum = (numbers) => numbers.reduce((total, each) => total + each, 0);
  return {
    ratio: Number((sum(runs) / sum(due)).toFixed(4)),
    baseline: 'runs that were due',
    queries: queries.length,
    frequencyS: FREQUENCY_S,
    createdPerSecond: Math.round((QUERIES / createMs) * 1_000),
    firstRunsMs: Math.round(firstRunsMs),
    linkBytesPerQuery: Math.round((residentBytes(link) - residentBefore) / QUERIES),
    latenessMs: { first: periods[0], last: periods.at(-1) },
    resultBytesSentAgain: (await resultBytes(system)) - bytesBefore,
    failedRuns: sum(queries.map(({ metrics }) => metrics.executionFailedCount)),
  };
}

const pathOf = ({ baseUrl, site }) =>
  `${baseUrl}/integrator/sites/${site.siteId}/queries/registered`;
const headersOf = ({ integrator }) => ({
  'ocp-apim-subscription-key': integrator.primaryKey,
  'content-type': 'application/json',
});

async function createAll(system) {
  let left = QUERIES;
  const creator = async () => {
    while (left > 0) {
      left -= 1;
      const parameters = [{ name: '@id', type: 'Int', value: String((left % 100) + 1) }];
      const body = JSON.stringify({
        name: `Query ${left}`,
        registeredQueryType: 'query',
        frequency: FREQUENCY_S,
        duration: 86_400,
        registerCommand: { command: { text: TEXT, parameters } },
      });
      const answer = await fetch(pathOf(system), {
        method: 'POST',
        headers: headersOf(system),
        body,
      });
      if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: CREATORS }, creator));
}

async function list(system) {
  const answer = await fetch(pathOf(system), { headers: headersOf(system) });
  return (await answer.json()).registeredQueries;
}

async function untilAllHaveRun(system) {
  const limit = performance.now() + FIRST_RUNS_LIMIT_MS;
  for (;;) {
    const queries = await list(system);
    if (queries.every(({ lastHash, metrics }) => lastHash && metrics.lastSucceededAt)) return;
    if (performance.now() > limit) throw new Error('Not all queries have had their first run.');
    await delay(1_000);
  }
}

function lateness(queries) {
  const late = queries
    .map(
      ({ createdAt, metrics }) =>
        (Date.parse(metrics.lastSucceededAt) - Date.parse(createdAt)) % (FREQUENCY_S * 1_000),
    )
    .toSorted((a, b) => a - b);
  const at = (share) => late[Math.min(late.length - 1, Math.floor(late.length * share))];
  return { p50: at(0.5), p99: at(0.99), max: late.at(-1) };
}

async function resultBytes(system) {
  const text = await (await fetch(`${system.baseUrl}/metrics`)).text();
  return Number(/^parhelion_registered_result_bytes_total (\d+)$/m.exec(text)?.[1] ?? 0);
}
