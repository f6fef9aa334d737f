/*
 * Watches a result: registers a query at the site, and prints what changed whenever a webhook says so.
 *
 *   export PARHELION_URL=http://127.0.0.1:8080 PARHELION_KEY=… PARHELION_SITE=… WEBHOOK_SECRET=…
 *   PORT=8081 node examples/change-notifications.mjs "SELECT InternalID, Surname FROM Patients" 3600
 *
 * The second argument is for how many seconds to watch; a third one, how many seconds lie between two runs, 60 if left
 * out. Ctrl-C cancels it. The operator of the gateway sets where webhooks go: an address at which the gateway reaches
 * this program. Node 20 or later, no packages.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { splitRows } from './split-rows.mjs';
import { createReceiver, listen, secretsOfEnvironment } from './webhook-receiver.mjs';

const USAGE =
  'Usage: node change-notifications.mjs <SQL> [seconds] [frequency], with PARHELION_URL, _KEY, _SITE and WEBHOOK_SECRET.';

const [sql, seconds = '3600', frequency = '60'] = process.argv.slice(2);
const { PARHELION_URL: url, PARHELION_KEY: key, PARHELION_SITE: site } = process.env;
if (!sql || !(Number(seconds) > 0) || !(Number(frequency) > 0) || !url || !key || !site) {
  console.error(USAGE);
  process.exit(2);
}
const registered = `${url}/integrator/sites/${site}/queries/registered`;

async function ask(method, address, body) {
  const response = await fetch(address, {
    method,
    headers: {
      'Ocp-Apim-Subscription-Key': key,
      // Without a body there is nothing to name the type of.
      ...(body && { 'Content-Type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(60_000),
  });
  const answer = response.status === 204 ? undefined : await response.json();
  if (!response.ok) throw new Error(`HTTP ${response.status}: ${answer?.error?.message}`);
  return answer;
}

/** The latest rows as text, so that no number loses digits. */
async function fetchRows(queryId) {
  const { data } = await ask('GET', `${registered}/${queryId}/results`);
  return splitRows(Buffer.from(data, 'base64').toString('utf8'));
}

/** Rows of one list that the other does not have; a row that stands there twice counts twice. */
function missingFrom(rows, others) {
  const left = new Map();
  for (const row of others) left.set(row, (left.get(row) ?? 0) + 1);
  return rows.filter((row) => {
    const count = left.get(row) ?? 0;
    left.set(row, count - 1);
    return count <= 0;
  });
}

let known = [];

async function printChanges(queryId) {
  const rows = await fetchRows(queryId);
  const gone = missingFrom(known, rows);
  const added = missingFrom(rows, known);
  known = rows;
  for (const row of gone) console.log(`- ${row}`);
  for (const row of added) console.log(`+ ${row}`);
  console.error(`${added.length} added, ${gone.length} gone, ${rows.length} rows now`);
}

/** The first webhook may come before the answer that has the query's id. */
let isCreated;
const created = new Promise((resolve) => {
  isCreated = resolve;
});

let work = Promise.resolve();

async function handle(event, earlier) {
  await earlier;
  if (event.queryId !== (await created)) return;
  try {
    await printChanges(event.queryId);
  } catch (error) {
    console.error(error.message);
  }
}

const server = createReceiver(secretsOfEnvironment(), (event) => {
  // Fetching may take longer than the gateway waits for an answer, so an event only queues up here. Should the program
  // end before its turn, nothing is lost: a result is always the latest as a whole.
  if (event.webhookSource === 'registered') work = handle(event, work);
});
const { HOST = '127.0.0.1', PORT = '8081' } = process.env;
const port = await listen(server, Number(PORT), HOST);
console.error(`Listening at http://${HOST}:${port}`);

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort());

try {
  const { id } = await ask('POST', registered, {
    name: 'change-notifications example',
    registeredQueryType: 'query',
    frequency: Number(frequency),
    duration: Number(seconds),
    registerCommand: { command: { text: sql } },
  });
  isCreated(id);
  console.error(`Watching with registered query ${id}. Ctrl-C cancels it.`);
  // A run that is due at the very end is still made.
  const endsMs = (Number(seconds) + Number(frequency)) * 1000;
  await pause(endsMs, undefined, { signal: stop.signal }).catch(() => {});
  if (stop.signal.aborted) await ask('DELETE', `${registered}/${id}`);
  await work;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  server.close();
  server.closeAllConnections();
}
