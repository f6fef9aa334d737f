/*
 * Runs an async query and writes all its rows to a file, one JSON object a line.
 *
 *   export PARHELION_URL=http://127.0.0.1:8080 PARHELION_KEY=… PARHELION_SITE=…
 *   node examples/extract-to-ndjson.mjs "SELECT * FROM Patients" patients.ndjson
 *
 * How it goes: submit the query once; ask for its status until it has ended; meanwhile fetch each page of rows as soon
 * as it is cached. The file gets its name when it is complete. Node 20 or later, no packages.
 */
import { open, rename, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { splitRows } from './split-rows.mjs';

const USAGE = 'Usage: node extract-to-ndjson.mjs <SQL> <file>, with PARHELION_URL, _KEY and _SITE.';

const [sql, path] = process.argv.slice(2);
const { PARHELION_URL: url, PARHELION_KEY: key, PARHELION_SITE: site } = process.env;
if (!sql || !path || !url || !key || !site) {
  console.error(USAGE);
  process.exit(2);
}
const queries = `${url}/integrator/sites/${site}/queries`;

const MAX_ATTEMPTS = 10;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const PAGE_TIMEOUT_MS = 120_000;

/** What is wrong with an answer, in the gateway's own words. */
async function refusal(response) {
  const body = await response.json().catch(() => undefined);
  const sentence = `HTTP ${response.status}: ${body?.error?.message ?? response.statusText}`;
  return Object.assign(new Error(sentence), { status: response.status });
}

// Busy, restarting, or a proxy that lost its gateway for a moment.
const mayPass = (status) => status === 429 || status >= 500;

/**
 * GET, asked again while the network or the gateway has trouble. Reading may always be repeated.
 *
 * @param {(response: Response) => Promise<unknown>} read takes the body; a body cut short is trouble too
 */
async function get(address, read) {
  for (let attempt = 1; ; attempt += 1) {
    let waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt) * Math.random();
    let trouble;
    try {
      const response = await fetch(address, {
        headers: { 'Ocp-Apim-Subscription-Key': key },
        signal: AbortSignal.timeout(PAGE_TIMEOUT_MS),
      });
      if (response.ok) return await read(response);
      trouble = await refusal(response);
      if (!mayPass(response.status)) attempt = MAX_ATTEMPTS;
      // The gateway says when it is worth asking again.
      waitMs = Math.max(waitMs, Number(response.headers.get('retry-after')) * 1000 || 0);
    } catch (error) {
      trouble = error;
    }
    if (attempt >= MAX_ATTEMPTS) throw trouble;
    await pause(waitMs);
  }
}

/** Submits the query. Never repeated: after a lost answer nobody knows whether the query was accepted. */
async function submit() {
  const response = await fetch(`${queries}/async`, {
    method: 'POST',
    headers: { 'Ocp-Apim-Subscription-Key': key, 'Content-Type': 'application/json' },
    body: JSON.stringify({ command: { text: sql } }),
  });
  if (!response.ok) throw await refusal(response);
  return (await response.json()).id;
}

/** Rows of one page as text. The page must be what its headers announce. */
async function readPage(response, rowsBefore) {
  const bytes = Buffer.from(await response.arrayBuffer());
  if (bytes.length !== Number(response.headers.get('size')))
    throw new Error('A page is incomplete.');
  const rows = splitRows(bytes.toString('utf8'));
  const count = Number(response.headers.get('rows-count'));
  const start = Number(response.headers.get('rows-range-start'));
  if (rows.length !== count || start !== rowsBefore) throw new Error('Rows are missing.');
  return rows;
}

/**
 * Fetches one page. Undefined when it is not there after all: a site that has to run a query once more replaces the
 * pages that nobody has fetched yet.
 */
async function fetchPage(queryId, page, rowsBefore) {
  try {
    const address = `${queries}/${queryId}/results/${page}/stream`;
    return await get(address, (response) => readPage(response, rowsBefore));
  } catch (error) {
    if (error.status === 404) return undefined;
    throw error;
  }
}

const UNDER_WAY = new Set(['initialising', 'queued', 'executing', 'uploading']);

/** Follows the query to its end and writes its pages in their order. */
async function download(queryId, file) {
  let page = 1;
  let rowCount = 0;
  let pollMs = 250;
  for (;;) {
    const query = await get(`${queries}/${queryId}`, (response) => response.json());
    const isCached = (number) =>
      query.result?.pages?.some((one) => one.pageNumber === number && one.status === 'cached');
    for (; isCached(page); page += 1) {
      const rows = await fetchPage(queryId, page, rowCount);
      if (!rows) break;
      await file.writeFile(rows.map((row) => `${row}\n`).join(''));
      rowCount += rows.length;
      pollMs = 250;
      console.error(`page ${page}: ${rowCount} rows so far`);
    }
    if (query.status === 'successful') {
      if (rowCount !== query.result.rows) throw new Error('Rows are missing.');
      return rowCount;
    }
    if (!UNDER_WAY.has(query.status)) {
      throw new Error(`${query.status}: ${query.errorDetails?.errorMessage ?? 'no reason given'}`);
    }
    await pause(pollMs);
    pollMs = Math.min(5000, pollMs * 1.5);
  }
}

const partial = `${path}.partial`;
try {
  const queryId = await submit();
  console.error(`query ${queryId}`);
  const file = await open(partial, 'w');
  let rowCount;
  try {
    rowCount = await download(queryId, file);
  } finally {
    await file.close();
  }
  await rename(partial, path);
  console.error(`${rowCount} rows in ${path}`);
} catch (error) {
  await rm(partial, { force: true });
  console.error(error.message);
  process.exitCode = 1;
}
