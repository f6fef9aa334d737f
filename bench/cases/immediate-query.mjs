// Immediate queries with a result of about 200 bytes, their records durable before the answer, against the ideal relay
// of the same request and answer. The ratio is the median over paired rounds.
import { load } from '../support/load.mjs';
import { median } from '../support/median.mjs';
import { startRelay } from '../support/relay.mjs';
import { startSystem } from '../support/system.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 8);
const ROUND_MS = Number(process.env.BENCH_ROUND_MS ?? 2_000);
const CONNECTIONS = [1, 32, 256];
const TEXT =
  'SELECT InternalID, Surname, Firstname, DOB, City, Postcode FROM Patients WHERE InternalID IN (1, 2)';

export async function run(report) {
  const system = await startSystem();
  const target = {
    url: `${system.baseUrl}/integrator/sites/${system.site.siteId}/queries/immediate`,
    headers: {
      'ocp-apim-subscription-key': system.integrator.primaryKey,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ command: { text: TEXT } }),
  };
  const sample = await fetch(target.url, {
    method: 'POST',
    headers: target.headers,
    body: target.body,
  });
  const answerBytes = (await sample.arrayBuffer()).byteLength;
  const relay = await startRelay(answerBytes);
  const baseline = { url: relay.url, headers: {}, body: target.body };
  try {
    for (const connections of CONNECTIONS) report(await compare(target, baseline, connections));
  } finally {
    await Promise.all([system.stop(), relay.stop()]);
  }
}

async function compare(target, baseline, connections) {
  const rounds = [];
  const measure = (side) => load({ ...side, connections, durationMs: ROUND_MS });
  await measure(target);
  await measure(baseline);
  for (let round = 0; round < ROUNDS; round += 1) {
    // The order alternates, so that a machine that slows down does not favour one side.
    const isTargetFirst = round % 2 === 0;
    const first = await measure(isTargetFirst ? target : baseline);
    const second = await measure(isTargetFirst ? baseline : target);
    rounds.push(isTargetFirst ? { ours: first, relay: second } : { ours: second, relay: first });
  }
  const medianOf = (side, field) => median(rounds.map((round) => round[side][field]));
  return {
    connections,
    ratio: Number(
      median(rounds.map(({ ours, relay }) => ours.perSecond / relay.perSecond)).toFixed(3),
    ),
    latencyRatio: Number(
      median(rounds.map(({ ours, relay }) => ours.p50Ms / relay.p50Ms)).toFixed(2),
    ),
    baseline: 'node:http + ws relay',
    rounds: ROUNDS,
    parhelion: {
      perSecond: medianOf('ours', 'perSecond'),
      p50Ms: medianOf('ours', 'p50Ms'),
      p99Ms: medianOf('ours', 'p99Ms'),
    },
    relay: {
      perSecond: medianOf('relay', 'perSecond'),
      p50Ms: medianOf('relay', 'p50Ms'),
      p99Ms: medianOf('relay', 'p99Ms'),
    },
  };
}
