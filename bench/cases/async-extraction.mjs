// An async query of a million rows, from its creation to the last page downloaded while later ones are still being cut,
// against the same driver streaming JSON objects to nowhere; immediate queries during that extraction against the same
// without it; and what a result of two gigabytes adds to the memory of each process.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { isAbsolute, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bundleSource } from '../support/bundle-source.mjs';
import { load } from '../support/load.mjs';
import { median } from '../support/median.mjs';
import { watchMemory } from '../support/memory.mjs';
import { startSystem } from '../support/system.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 8);
const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);
const LARGE_BYTES = Number(process.env.BENCH_LARGE_BYTES ?? 2 * 1024 ** 3);
const QUERY_LOAD_MS = Number(process.env.BENCH_ROUND_MS ?? 5_000);
/** A process's base is its memory some seconds after it is ready. */
const SETTLE_MS = 5_000;
const POLL_MS = 25;

/** Rows of ten columns, about as wide as a table of patients. */
const extraction = (
  rows,
) => `WITH r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < ${rows})
  SELECT n AS InternalID, 'Surname' AS Surname, 'Firstname' AS Firstname, '1980-02-03' AS DOB, n % 7 AS TitleCode,
    'Melbourne' AS City, '3000' AS Postcode, n * 2 AS Balance, 1 AS Active, '0400 000 000' AS MobilePhone FROM r`;

const ROW_BYTES = 2_000;
const largeResult = `WITH r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < ${Math.ceil(LARGE_BYTES / (ROW_BYTES + 20))})
  SELECT n, REPLICATE('x', ${ROW_BYTES}) AS filler FROM r`;

const SMALL = 'SELECT TOP 5 InternalID, Surname, Firstname FROM Patients';

export async function run(report) {
  const system = await startSystem();
  const client = createClient(system);
  const baseline = await openBaseline(system);
  try {
    report(await compareRows(client, baseline));
    report(await compareLatency(client));
  } finally {
    await baseline.close();
    client.close();
    await system.stop();
  }
  report(await measureMemory());
}

async function compareRows(client, baseline) {
  await client.extract(extraction(ROWS / 10));
  await baseline.drain(extraction(ROWS / 10));
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const ours = () => timed(() => client.extract(extraction(ROWS)));
    const driver = () => timed(() => baseline.drain(extraction(ROWS)));
    // The order alternates, so that a machine that slows down does not favour one side.
    const isOursFirst = round % 2 === 0;
    const first = await (isOursFirst ? ours : driver)();
    const second = await (isOursFirst ? driver : ours)();
    rounds.push(isOursFirst ? { ours: first, driver: second } : { ours: second, driver: first });
  }
  const rowsPerSecond = (side) => Math.round(ROWS / median(rounds.map((round) => round[side])));
  return {
    measured: 'rows',
    ratio: Number(median(rounds.map(({ ours, driver }) => driver / ours)).toFixed(3)),
    baseline: 'the same driver, its rows as objects, JSON.stringify to nowhere',
    rows: ROWS,
    rounds: ROUNDS,
    parhelion: { rowsPerSecond: rowsPerSecond('ours') },
    driver: { rowsPerSecond: rowsPerSecond('driver') },
  };
}

async function compareLatency(client) {
  const small = { ...client.immediate(SMALL), connections: 1, durationMs: QUERY_LOAD_MS };
  await load({ ...small, durationMs: 1_000 });
  const rounds = [];
  for (let round = 0; round < Math.min(ROUNDS, 4); round += 1) {
    const idle = await load(small);
    const extractions = keepExtracting(client);
    await extractions.begun;
    const busy = await load(small);
    await extractions.stop();
    rounds.push({ idle, busy });
  }
  const ratioOf = (field) =>
    Number(median(rounds.map(({ idle, busy }) => busy[field] / idle[field])).toFixed(2));
  const medianOf = (side, field) => median(rounds.map((round) => round[side][field]));
  return {
    measured: 'immediate queries during an extraction',
    ratio: ratioOf('p50Ms'),
    p99Ratio: ratioOf('p99Ms'),
    baseline: 'the same immediate queries without it',
    during: { p50Ms: medianOf('busy', 'p50Ms'), p99Ms: medianOf('busy', 'p99Ms') },
    idle: { p50Ms: medianOf('idle', 'p50Ms'), p99Ms: medianOf('idle', 'p99Ms') },
  };
}

async function measureMemory() {
  const system = await startSystem();
  const client = createClient(system);
  try {
    await delay(SETTLE_MS);
    const memory = watchMemory(system.pid);
    const bytes = await client.extract(largeResult);
    const { baseMb, growthMb } = memory.stop();
    return {
      measured: 'memory',
      ratio: Number((Math.max(...Object.values(growthMb)) / 64).toFixed(2)),
      baseline: '64 MB beyond the base of each process',
      resultMb: Math.round(bytes / 1024 / 1024),
      baseMb,
      growthMb,
    };
  } finally {
    client.close();
    await system.stop();
  }
}

async function timed(task) {
  const startedAt = performance.now();
  await task();
  return (performance.now() - startedAt) / 1_000;
}

/** One extraction after the other until stopped. */
function keepExtracting(client) {
  const stopping = new AbortController();
  let began;
  const begun = new Promise((resolve) => {
    began = resolve;
  });
  const running = (async () => {
    while (!stopping.signal.aborted) await client.extract(extraction(ROWS), began);
  })();
  return {
    begun,
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}

function createClient({ baseUrl, site, integrator }) {
  const agent = new Agent({ keepAlive: true });
  const headers = {
    'ocp-apim-subscription-key': integrator.primaryKey,
    'content-type': 'application/json',
  };
  const url = `${baseUrl}/integrator/sites/${site.siteId}/queries`;
  const send = async (method, path, body) => {
    const sent = request(url + path, { method, agent, headers });
    sent.end(body && JSON.stringify(body));
    const [response] = await once(sent, 'response');
    if (response.statusCode >= 300) throw new Error(`${path} answered ${response.statusCode}`);
    return response;
  };
  const readJson = async (response) => JSON.parse(Buffer.concat(await response.toArray()));
  /** Throws the page away, as a null sink does. */
  const download = async (path) => {
    let bytes = 0;
    for await (const chunk of await send('GET', path)) bytes += chunk.length;
    return bytes;
  };
  return {
    immediate: (text) => ({
      url: `${url}/immediate`,
      headers,
      body: JSON.stringify({ command: { text } }),
    }),
    /** Downloads each page as soon as it is there. @returns bytes of the whole result */
    async extract(text, onFirstPage = () => {}) {
      const { id } = await readJson(await send('POST', '/async', { command: { text } }));
      let fetched = 0;
      let bytes = 0;
      for (;;) {
        const query = await readJson(await send('GET', `/${id}`));
        const pages = query.result?.pages ?? [];
        while (pages[fetched]?.status === 'cached') {
          bytes += await download(`/${id}/results/${(fetched += 1)}/stream`);
          onFirstPage();
        }
        if (query.completedAt && query.status !== 'successful') {
          throw new Error(`The extraction ended as ${query.status}.`);
        }
        if (query.completedAt && fetched === pages.length) return bytes;
        await delay(POLL_MS);
      }
    },
    close: () => agent.destroy(),
  };
}

/** The driver of the system on a practice of its own: rows become objects, and objects JSON. */
async function openBaseline({ dataDir }) {
  const { createSqliteDriver } = await bundleSource(
    "export { createSqliteDriver } from './src/sql/drivers/sqlite/create-sqlite-driver.ts';",
  );
  const { signal } = new AbortController();
  const { database } = JSON.parse(readFileSync(join(dataDir, 'link', 'link.json'), 'utf8'));
  const fileOf = ({ file }) => (isAbsolute(file) ? file : join(dataDir, 'link', file));
  const driver = createSqliteDriver({
    ...database,
    catalogues: database.catalogues.map((catalogue) => ({
      ...catalogue,
      file: fileOf(catalogue),
    })),
    entryPoint: fileURLToPath(new URL('../../dist/bin/sqlite-connection.js', import.meta.url)),
    nodePath: process.execPath,
    env: process.env,
  });
  const connection = await driver.connect({ signal });
  return {
    async drain(text) {
      let columns = [];
      let characters = 0;
      const command = { type: 'text', text, parameters: [] };
      for await (const event of connection.execute(command, { signal })) {
        if (event.kind === 'columns') columns = event.columns.map(({ name }) => name);
        if (event.kind !== 'rows') continue;
        for (const row of event.rows) {
          const object = {};
          for (let index = 0; index < columns.length; index += 1) {
            const value = row[index];
            object[columns[index]] = typeof value === 'bigint' ? Number(value) : value;
          }
          characters += JSON.stringify(object).length;
        }
      }
      return characters;
    },
    close: () => connection[Symbol.asyncDispose](),
  };
}
