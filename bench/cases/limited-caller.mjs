// What a caller costs that is held back by its rate: processor time of the gateway for each refused query, against that
// of each query that is answered, in the same run.
import { Agent, request } from 'node:http';
import { median } from '../support/median.mjs';
import { startSystem } from '../support/system.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 6);
const ROUND_MS = Number(process.env.BENCH_ROUND_MS ?? 2_000);
const CONNECTIONS = 32;
const TEXT = 'SELECT InternalID, Surname FROM Patients WHERE InternalID IN (1, 2)';

export async function run(report) {
  const system = await startSystem();
  try {
    const limited = await createLimited(system);
    const target = (key) => ({
      url: `${system.baseUrl}/integrator/sites/${system.site.siteId}/queries/immediate`,
      headers: { 'ocp-apim-subscription-key': key, 'content-type': 'application/json' },
      body: JSON.stringify({ command: { text: TEXT } }),
    });
    const sides = [
      { name: 'answered', status: 200, target: target(system.integrator.primaryKey), costs: [] },
      { name: 'refused', status: 429, target: target(limited.primaryKey), costs: [] },
    ];
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
        const cost = await costOf(system.baseUrl, side);
        // The first round warms up.
        if (round > 0) side.costs.push(cost);
      }
    }
    const [answered, refused] = sides.map(({ costs }) => median(costs));
    report({
      ratio: Number((refused / answered).toFixed(3)),
      baseline: 'the same query, answered',
      rounds: ROUNDS,
      cpuMicrosPerRequest: { answered: Math.round(answered), refused: Math.round(refused) },
    });
  } finally {
    await system.stop();
  }
}

/** An integrator that may make one request in a while. */
async function createLimited({ baseUrl, adminKey, site }) {
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' };
  const send = (method, path, body) =>
    fetch(baseUrl + path, { method, headers, body: JSON.stringify(body) });
  const created = await send('POST', '/admin/integrators', { name: 'Held back' });
  const integrator = await created.json();
  await fetch(`${baseUrl}/admin/sites/${site.siteId}/pairings/${integrator.id}`, {
    method: 'PUT',
    headers: { authorization: headers.authorization },
  });
  await send('PUT', `/admin/integrators/${integrator.id}/settings`, { requestsPerSecond: 0.001 });
  return integrator;
}

/** Processor time of the gateway in microseconds for each request of a round. */
async function costOf(baseUrl, { status, target }) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const before = await cpuSeconds(baseUrl);
  const endAt = performance.now() + ROUND_MS;
  let requests = 0;
  const caller = async () => {
    while (performance.now() < endAt) {
      const answered = await post(agent, target);
      if (answered === status) requests += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, caller));
  const spent = (await cpuSeconds(baseUrl)) - before;
  agent.destroy();
  return (spent * 1e6) / Math.max(1, requests);
}

async function cpuSeconds(baseUrl) {
  const text = await (await fetch(`${baseUrl}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(text)[1]);
}

function post(agent, { url, headers, body }) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
