// Pages of searches in a practice with a hundred times the patients against the same in the demo's own. `ratio` is that of
// the median times; a search by an index must not feel the size.
import { join } from 'node:path';
import { growPatients } from '../support/big-practice.mjs';
import { fhirOf } from '../support/fhir.mjs';
import { median } from '../support/median.mjs';
import { startSystem } from '../support/system.mjs';

const PATIENTS = Number(process.env.BENCH_PATIENTS ?? 200_000);
const ROUNDS = Number(process.env.BENCH_PAGE_ROUNDS ?? 200);
const SEARCHES = {
  'first page': () => 'Patient?_count=50',
  'by date of birth': () => 'Patient?birthdate=1984-02-29&_count=50',
  'by identifier': () => 'Patient?identifier=8003608833357361&_count=50',
  'by rare family name': () => 'Patient?family=zzyzx&_count=50',
  'a page further on': (next) => next,
};

export async function run(report) {
  const small = await startSystem();
  const big = await startSystem();
  try {
    const patients = growPatients(join(big.dataDir, 'practice', 'Patients.db'), PATIENTS);
    for (const [what, addressOf] of Object.entries(SEARCHES)) {
      report({ what, patients, ...(await compare([small, big], addressOf)) });
    }
  } finally {
    await Promise.all([small.stop(), big.stop()]);
  }
}

async function compare(systems, addressOf) {
  const sides = await Promise.all(
    systems.map(async (system) => ({
      system,
      below: addressOf(await laterPage(system)),
      times: [],
    })),
  );
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { system, below, times } of sides) times.push((await timed(system, below)).ms);
  }
  const [smallMs, bigMs] = sides.map(({ times }) => median(times.slice(ROUNDS >> 2)));
  return {
    ratio: Number((bigMs / smallMs).toFixed(3)),
    baseline: 'the demo practice',
    smallMs: Number(smallMs.toFixed(3)),
    bigMs: Number(bigMs.toFixed(3)),
  };
}

/** The address of the page that follows on a thousand patients. */
async function laterPage(system) {
  const { link } = (await timed(system, 'Patient?_count=1000&_elements=id')).json;
  return link.find(({ relation }) => relation === 'next').url.slice(fhirOf(system).base.length + 1);
}

async function timed(system, below) {
  const { base, headers } = fhirOf(system);
  const startedAt = performance.now();
  const answer = await fetch(`${base}/${below}`, { headers });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${answer.status}: ${text}`);
  return { ms: performance.now() - startedAt, json: JSON.parse(text) };
}
