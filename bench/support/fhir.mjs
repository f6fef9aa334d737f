import { join } from 'node:path';
import { bundleSource } from './bundle-source.mjs';

/** The FHIR base of a system's site, and what a request of its integrator carries. */
export const fhirOf = ({ baseUrl, site, integrator }) => ({
  base: `${baseUrl}/integrator/sites/${site.siteId}/fhir/R4`,
  headers: { 'ocp-apim-subscription-key': integrator.primaryKey },
});

/** A GET below the FHIR base, to be loaded. */
export function fhirTarget(system, below) {
  const { base, headers } = fhirOf(system);
  return { method: 'GET', url: `${base}/${below}`, headers };
}

/** An immediate query, to be loaded. @param parameters `[name, type, value]` each */
function queryTarget({ baseUrl, site, integrator }, text, parameters = []) {
  return {
    url: `${baseUrl}/integrator/sites/${site.siteId}/queries/immediate`,
    headers: {
      'ocp-apim-subscription-key': integrator.primaryKey,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      command: {
        text,
        parameters: parameters.map(([name, type, value]) => ({ name, type, value })),
      },
    }),
  };
}

/** The very statements that answer a GET, each as an immediate query, to be loaded. */
export async function statementTargets(system, below) {
  const { demoPractice, FhirService, loadMapping, openSession } = await bundleSource(`
    export { FhirService, loadMapping } from './src/fhir/index.ts';
    export { demoPractice } from './src/fhir/systems/demo-practice/index.ts';
    export { openSession } from './src/sql/drivers/sqlite/open-session.ts';`);
  const service = new FhirService({
    mapping: loadMapping(demoPractice, 'tsql'),
    dialect: 'tsql',
    timeZone: 'Australia/Sydney',
    siteId: system.site.siteId,
    linkVersion: '0',
    cursorKey: new Uint8Array(32),
    now: Date.now,
  });
  const file = join(system.dataDir, 'practice', 'Patients.db');
  const session = openSession({
    catalogue: { name: 'Patients', file },
    attached: [],
    dialect: 'tsql',
  });
  const statements = [];
  const resultOf = (statement) => {
    statements.push(statement);
    const rows = [...session.run({ ...statement, type: 'text' })].flatMap((event) =>
      event.kind === 'rows' ? event.rows : [],
    );
    return { rows, rowsAffected: 0, outputs: {} };
  };
  try {
    const [path, query = ''] = below.split('?');
    const baseUrl = fhirOf(system).base;
    const course = service.answer({ method: 'GET', path, query, headers: {}, baseUrl });
    let step = course.next();
    while (!step.done) step = course.next(step.value.statements.map(resultOf));
    if (step.value.status !== 200) throw new Error(step.value.body);
  } finally {
    session.close();
  }
  return statements.map(({ text, parameters }) =>
    queryTarget(
      system,
      text,
      parameters.map(({ name, typeName, value }) => [
        name,
        typeName,
        value === null ? null : String(value),
      ]),
    ),
  );
}
