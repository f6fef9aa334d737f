// FHIR requests against the very SQL that answers them, sent as immediate queries: a patient by id, patients by family
// name, and a page of fifty appointments with the patients and practitioners of it against its statements, one after the
// other. The ratio is the median over paired rounds; that of the page is of its time.
import { compareLoads } from '../support/compare-loads.mjs';
import { fhirOf, fhirTarget, statementTargets } from '../support/fhir.mjs';
import { startSystem } from '../support/system.mjs';

const CONNECTIONS = (process.env.BENCH_CONNECTIONS ?? '1,32').split(',').map(Number);
const FAMILY = 'ngu';
const PAGE = 'Appointment?_count=50&_include=Appointment:patient&_include=Appointment:practitioner';

export async function run(report) {
  const system = await startSystem();
  const compare = async (what, below) => {
    const [statement] = await statementTargets(system, below);
    for (const connections of CONNECTIONS) {
      const { ours, baseline, ...facts } = await compareLoads(
        fhirTarget(system, below),
        statement,
        connections,
      );
      report({ what, ...facts, baseline: 'the same SQL', fhir: ours, immediate: baseline });
    }
  };
  try {
    await compare('Patient/[id]', 'Patient/2');
    await compare('Patient?family', `Patient?family=${FAMILY}`);
    report(await comparePage(system));
  } finally {
    await system.stop();
  }
}

/** One caller: the page against its statements one after the other. */
async function comparePage(system) {
  const rounds = Number(process.env.BENCH_PAGE_ROUNDS ?? 200);
  const { base, headers } = fhirOf(system);
  const statements = await statementTargets(system, PAGE);
  const timed = async (requests) => {
    const startedAt = performance.now();
    for (const { url, ...request } of requests) {
      const answer = await fetch(url, request);
      if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
    }
    return performance.now() - startedAt;
  };
  const page = [{ url: `${base}/${PAGE}`, headers }];
  const queries = statements.map((query) => ({ ...query, method: 'POST' }));
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    times.push({ fhir: await timed(page), sql: await timed(queries) });
  }
  const warm = times.slice(Math.min(20, Math.floor(rounds / 4)));
  const middle = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  const fixed = (value) => Number(value.toFixed(3));
  return {
    what: 'Appointment page, two includes',
    ratio: fixed(middle(warm.map(({ fhir, sql }) => fhir / sql))),
    baseline: `its ${statements.length} statements`,
    fhirMs: fixed(middle(warm.map(({ fhir }) => fhir))),
    statementsMs: fixed(middle(warm.map(({ sql }) => sql))),
  };
}
