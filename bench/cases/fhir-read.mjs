// FHIR requests against the SQL that answers them, sent as immediate queries: a patient by id, patients by family name,
// and a page of fifty appointments with the patients and practitioners of it against its three statements, one after the
// other. The ratio is the median over paired rounds; that of the page is of its time.
import { compareLoads } from '../support/compare-loads.mjs';
import { fhirOf, fhirTarget, queryTarget } from '../support/fhir.mjs';
import { startSystem } from '../support/system.mjs';

const CONNECTIONS = (process.env.BENCH_CONNECTIONS ?? '1,32').split(',').map(Number);
const FAMILY = 'ngu';
const COLUMNS = `p.InternalID, p.RowVersion, p.UpdatedAt, p.RecordNo, p.IHI, p.MedicareNo, p.MedicareLineNo, p.DVANo, p.Title,
  p.Surname, p.Firstname, p.Middlename, p.PreferredName, p.PreviousSurname, p.SexCode, p.DOB, p.MobilePhone, p.HomePhone,
  p.WorkPhone, p.Email, p.Address1, p.Address2, p.City, p.State, p.Postcode, p.PatientStatusCode, p.DeceasedDate,
  p.UsualPractitionerID, p.IsDeleted, g.Description AS Gender, l.Description AS Language`;
const FROM = `FROM Patients p LEFT JOIN GenderIdentities g ON g.GenderIdentityCode = p.GenderIdentityCode
  LEFT JOIN Languages l ON l.LanguageCode = p.LanguageCode`;
const BY_ID = `SELECT ${COLUMNS} ${FROM} WHERE p.InternalID = @id`;
const BY_FAMILY = `SELECT TOP (@top) ${COLUMNS} ${FROM}
  WHERE p.IsDeleted <> 1 AND (p.Surname LIKE @name OR p.PreviousSurname LIKE @name) ORDER BY p.InternalID`;
const PAGE = 'Appointment?_count=50&_include=Appointment:patient&_include=Appointment:practitioner';
const PAGE_SQL = [
  `SELECT TOP (51) a.*, t.Name, t.ServiceTypeCode FROM Appointments a
    LEFT JOIN AppointmentTypes t ON t.AppointmentTypeID = a.AppointmentTypeID WHERE a.IsDeleted <> 1 ORDER BY a.AppointmentID`,
  `SELECT ${COLUMNS} ${FROM} WHERE p.InternalID IN (SELECT TOP (50) a.InternalID FROM Appointments a
    WHERE a.IsDeleted <> 1 ORDER BY a.AppointmentID)`,
  `SELECT * FROM Practitioners WHERE PractitionerID IN (SELECT TOP (50) a.PractitionerID FROM Appointments a
    WHERE a.IsDeleted <> 1 ORDER BY a.AppointmentID)`,
];

export async function run(report) {
  const system = await startSystem();
  const compare = async (what, below, baselineTarget) => {
    for (const connections of CONNECTIONS) {
      const { ours, baseline, ...facts } = await compareLoads(
        fhirTarget(system, below),
        baselineTarget,
        connections,
      );
      report({ what, ...facts, baseline: 'the same SQL', fhir: ours, immediate: baseline });
    }
  };
  try {
    await compare('Patient/[id]', 'Patient/2', queryTarget(system, BY_ID, [['@id', 'Int', '2']]));
    await compare(
      'Patient?family',
      `Patient?family=${FAMILY}`,
      queryTarget(system, BY_FAMILY, [
        ['@top', 'Int', '51'],
        ['@name', 'NVarChar', `${FAMILY}%`],
      ]),
    );
    report(await comparePage(system));
  } finally {
    await system.stop();
  }
}

/** One caller: the page against its statements one after the other. */
async function comparePage(system) {
  const rounds = Number(process.env.BENCH_PAGE_ROUNDS ?? 200);
  const { base, headers } = fhirOf(system);
  const statements = PAGE_SQL.map((text) => queryTarget(system, text));
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
    baseline: 'its three statements',
    fhirMs: fixed(middle(warm.map(({ fhir }) => fhir))),
    statementsMs: fixed(middle(warm.map(({ sql }) => sql))),
  };
}
