import { load } from './load.mjs';
import { median } from './median.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 8);
const ROUND_MS = Number(process.env.BENCH_ROUND_MS ?? 2_000);

/** Loads two targets in turns. The ratios are medians over paired rounds; the rest are medians of each side. */
export async function compareLoads(target, baselineTarget, connections) {
  const rounds = [];
  const measure = (side) => load({ ...side, connections, durationMs: ROUND_MS });
  await measure(target);
  await measure(baselineTarget);
  for (let round = 0; round < ROUNDS; round += 1) {
    // The order alternates, so that a machine that slows down does not favour one side.
    const isTargetFirst = round % 2 === 0;
    const first = await measure(isTargetFirst ? target : baselineTarget);
    const second = await measure(isTargetFirst ? baselineTarget : target);
    rounds.push(
      isTargetFirst ? { ours: first, baseline: second } : { ours: second, baseline: first },
    );
  }
  const ratioOf = (field) =>
    median(rounds.map(({ ours, baseline }) => ours[field] / baseline[field]));
  const medians = (side) => {
    const of = (field) => median(rounds.map((round) => round[side][field]));
    return { perSecond: of('perSecond'), p50Ms: of('p50Ms'), p99Ms: of('p99Ms') };
  };
  return {
    connections,
    ratio: Number(ratioOf('perSecond').toFixed(3)),
    latencyRatio: Number(ratioOf('p50Ms').toFixed(2)),
    rounds: ROUNDS,
    ours: medians('ours'),
    baseline: medians('baseline'),
  };
}
