// Immediate queries with a result of about 200 bytes, their records durable before the answer, against the ideal relay
// of the same request and answer. The ratio is the median over paired rounds.
import { compareLoads } from '../support/compare-loads.mjs';
import { startRelay } from '../support/relay.mjs';
import { startSystem } from '../support/system.mjs';

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
    for (const connections of CONNECTIONS) {
      const {
        ours,
        baseline: relayed,
        ...facts
      } = await compareLoads(target, baseline, connections);
      report({ ...facts, baseline: 'node:http + ws relay', parhelion: ours, relay: relayed });
    }
  } finally {
    await Promise.all([system.stop(), relay.stop()]);
  }
}
