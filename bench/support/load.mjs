import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

/**
 * Sends a request (POST, unless another method is said) over a number of connections, each with one request under way, for a while.
 *
 * @param body text, or a function that gives the one of the next request
 * @returns requests a second, and the median and 99th percentile of the latency in milliseconds
 */
export async function load({ method = 'POST', url, headers, body, connections, durationMs }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies = [];
  const startedAt = performance.now();
  const endAt = startedAt + durationMs;
  const caller = async () => {
    while (performance.now() < endAt) {
      const sentAt = performance.now();
      await send(agent, { method, url, headers }, typeof body === 'function' ? body() : body);
      latencies.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: connections }, caller));
  const elapsedMs = performance.now() - startedAt;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  const at = (share) => Number(latencies[Math.floor(latencies.length * share)].toFixed(3));
  return {
    perSecond: Math.round((latencies.length / elapsedMs) * 1000),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  };
}

function send(agent, { method, url, headers }, body) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
      response.resume();
      response.on('end', resolve);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
