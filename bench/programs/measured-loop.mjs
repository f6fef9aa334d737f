// Runs a measured piece of work for every line of the input, which is a number of rows, and answers in JSON lines.
import { createInterface } from 'node:readline';

const SAMPLE_MS = 20;

export async function serve(work) {
  for await (const line of createInterface({ input: process.stdin })) {
    const baseBytes = process.memoryUsage().rss;
    let peakBytes = baseBytes;
    const sampler = setInterval(() => {
      peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
    }, SAMPLE_MS);
    const begun = performance.now();
    const bytes = await work(Number(line));
    const seconds = (performance.now() - begun) / 1_000;
    clearInterval(sampler);
    process.stdout.write(`${JSON.stringify({ seconds, bytes, baseBytes, peakBytes })}\n`);
  }
}
