import { type Day, formatDateTime, formatDateTimeOffset, parseDay } from '../calendar.ts';
import observationData from '../data/observations.json' with { type: 'json' };
import { Random } from '../random.ts';
import type {
  investigationResults,
  investigations,
  observationComponents,
  observations,
} from '../schema/observation-tables.ts';
import type { Row } from '../table.ts';
import { ageOf } from './clinical-rows.ts';
import type { Patient, Visit } from './generated-rows.ts';

type Observation = Row<typeof observations>;

export interface ObservationRows {
  readonly observations: Observation[];
  readonly components: Row<typeof observationComponents>[];
}

/** Type, chance at a visit, mean and spread in an adult. */
const measurements = [
  ['HR', 0.3, 74, 22],
  ['RR', 0.1, 16, 5],
  ['TEMP', 0.18, 36.8, 1.4],
  ['WT', 0.28, 78, 35],
  ['HT', 0.1, 168, 20],
  ['WAIST', 0.06, 92, 25],
] as const;

export function observationRows(
  visits: readonly Visit[],
  patients: readonly Patient[],
  today: Day,
): ObservationRows {
  const random = new Random('Observations');
  const made: ObservationRows = { observations: [], components: [] };
  for (const visit of visits) {
    const patient = patients[visit.InternalID - 1];
    if (patient === undefined || visit.VisitClassCode === 'VR') continue;
    const age = ageOf(patient, today);
    const growth = age >= 18 ? 1 : 0.25 + (0.75 * age) / 18;
    for (const [code, chance, mean, spread] of measurements) {
      if (!random.chance(chance)) continue;
      const isSize = code === 'WT' || code === 'HT' || code === 'WAIST';
      const value = random.around(mean * (isSize ? growth : 1), spread * (isSize ? growth : 1));
      addObservation(random, made, visit, code, Math.round(value * 10) * 10);
    }
    if (age > 14 && random.chance(0.4)) addBloodPressure(random, made, visit);
  }
  addSmoking(random, made, patients, today);
  addHeadCircumferences(made, visits, patients, today);
  return made;
}

function addObservation(
  random: Random,
  made: ObservationRows,
  visit: Visit,
  code: string,
  value: number | null,
): number {
  const isMeasured = value !== null && !random.chance(0.01);
  made.observations.push({
    ObservationID: made.observations.length + 1,
    InternalID: visit.InternalID,
    VisitID: visit.VisitID,
    ObservationTypeCode: code,
    ObservationStatusCode: random.code({ F: 97, A: 1, P: 1, E: 1 }),
    ObservedAt: random.chance(0.004) ? null : formatDateTime(visit.day, visit.start + 2),
    Value: isMeasured ? value : null,
    AbsentReasonCode:
      isMeasured || code === 'BP' ? null : random.pick(['not-performed', 'asked-declined', null]),
    RecordedByID: visit.PractitionerID ?? null,
    BodySiteCode: code === 'BP' ? random.pick([null, 'LUA', 'RUA']) : null,
    Comment: random.chance(0.02) ? 'Patient was anxious' : null,
    UpdatedAt: formatDateTime(visit.day, visit.start + 3, random.digits(7)),
  });
  return made.observations.length;
}

/** The whole has no value; systolic and diastolic stand in its parts. */
function addBloodPressure(random: Random, made: ObservationRows, visit: Visit): void {
  const id = addObservation(random, made, visit, 'BP', null);
  const systolic = Math.round(random.around(130, 38));
  const diastolic = Math.round(systolic * random.around(0.61, 0.08));
  for (const [code, value] of [
    ['SYS', systolic],
    ['DIA', diastolic],
  ] as const) {
    const isAudible = code === 'SYS' || !random.chance(0.01);
    made.components.push({
      ComponentID: made.components.length + 1,
      ObservationID: id,
      ObservationTypeCode: code,
      Value: isAudible ? value * 100 : null,
      AbsentReasonCode: isAudible ? null : 'error',
    });
  }
}

function addSmoking(
  random: Random,
  made: ObservationRows,
  patients: readonly Patient[],
  today: Day,
): void {
  for (const patient of patients) {
    const age = ageOf(patient, today);
    if (age < 15 || !random.chance(0.8)) continue;
    const answer = random.code({ NEVER: 60, EX: 22, SMOKER: 13, UNKNOWN: 3 }, 2);
    const day = today - random.between(1, 350);
    made.observations.push({
      ObservationID: made.observations.length + 1,
      InternalID: Number(patient.InternalID),
      ObservationTypeCode: 'SMOKE',
      ObservationStatusCode: 'F',
      ObservedAt: random.chance(0.01) ? null : formatDateTime(day, random.between(540, 1000)),
      ValueCode: answer,
      ValueText: answer === 'SMOKER' && random.chance(0.5) ? '10 a day' : null,
      AbsentReasonCode: answer === null ? 'asked-declined' : null,
      RecordedByID: random.between(1, 10),
      UpdatedAt: formatDateTime(day, 1010, random.digits(7)),
    });
  }
}

/** Of children in their first two years, with a draw of its own. */
function addHeadCircumferences(
  made: ObservationRows,
  visits: readonly Visit[],
  patients: readonly Patient[],
  today: Day,
): void {
  const random = new Random('HeadCircumferences');
  for (const visit of visits) {
    const patient = patients[visit.InternalID - 1];
    if (typeof patient?.DOB !== 'string' || visit.VisitClassCode === 'VR') continue;
    const age = (visit.day - parseDay(patient.DOB)) / 365.25;
    if (age > 2 || ageOf(patient, today) > 4) continue;
    addObservation(random, made, visit, 'HEAD', Math.round(350 + 55 * Math.sqrt(age)) * 10);
  }
}

export interface InvestigationRows {
  readonly investigations: Row<typeof investigations>[];
  readonly results: Row<typeof investigationResults>[];
}

const panelCount = 2600;

export function investigationRows(patients: readonly Patient[], today: Day): InvestigationRows {
  const random = new Random('Investigations');
  const made: InvestigationRows = { investigations: [], results: [] };
  const panels = observationData.panels.map((panel) => [panel, panel.weight] as const);
  while (made.investigations.length < panelCount) {
    const patient = random.pick(patients);
    const day = today - random.between(1, 730);
    if (typeof patient.DOB === 'string' && parseDay(patient.DOB) > day) continue;
    const panel = random.weighted(panels);
    const id = made.investigations.length + 1;
    const isWaiting = random.chance(0.02);
    made.investigations.push(investigationRow(random, id, patient, panel, day, isWaiting));
    for (const code of isWaiting ? [] : panel.results) {
      made.results.push(resultRow(random, made.results.length + 1, id, patient, code, day));
    }
  }
  return made;
}

function investigationRow(
  random: Random,
  id: number,
  patient: Patient,
  panel: (typeof observationData.panels)[number],
  day: Day,
  isWaiting: boolean,
): Row<typeof investigations> {
  const isImage = panel.category === 'I';
  const labNo = `${random.pick(['SC', 'HP'])}${random.digits(8)}`;
  return {
    InvestigationID: id,
    InternalID: Number(patient.InternalID),
    InvestigationCode: panel.code,
    ObservationStatusCode: isWaiting ? 'P' : random.code({ F: 95, A: 4, X: 1 }),
    LabNo: random.chance(0.95) ? labNo : null,
    SpecimenCode: panel.specimen,
    BodySiteCode: isImage
      ? panel.code === 'CXR'
        ? 'CHEST'
        : random.pick(['LKNEE', 'RKNEE'])
      : null,
    RequestedByID: random.chance(0.9) ? random.between(1, 7) : null,
    PerformedByOrganisationID: isImage ? 4 : random.pick([2, 3, 3, null]),
    CollectedAt: random.chance(0.97) ? formatDateTimeOffset(day, random.between(420, 900)) : null,
    ReportedAt: isWaiting ? null : formatDateTimeOffset(day, 1260, random.digits(3)),
    Conclusion: isImage && !isWaiting ? 'No acute abnormality is seen.\n\nDr A. Radiologist' : null,
    Message: random.chance(0.1)
      ? `<report lab="${labNo}"><test code="${panel.code}">${panel.name.replace('&', '&amp;')}</test></report>`
      : null,
    CheckedAt: random.chance(0.9) && !isWaiting ? formatDateTime(day + 1, 485) : null,
    UpdatedAt: formatDateTime(day, 1261, random.digits(7)),
  };
}

/** As the column stores it: four decimals, without the point. */
function scaled(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10_000);
}

function resultRow(
  random: Random,
  id: number,
  investigation: number,
  patient: Patient,
  code: string,
  day: Day,
): Row<typeof investigationResults> {
  const kind = observationData.results.find((result) => result.code === code);
  if (kind === undefined) throw new RangeError(`no result code ${code}`);
  const isText = kind.unit === null;
  const low = kind.low ?? (kind.high ?? 1) * 0.3;
  const high = kind.high ?? low * 1.8;
  const value = Math.max(low * 0.3, random.around((low + high) / 2, (high - low) * 0.75));
  const rounded = Math.round(value * 10 ** kind.decimals) / 10 ** kind.decimals;
  const flag =
    kind.high !== null && rounded > kind.high
      ? 'H'
      : kind.low !== null && rounded < kind.low
        ? 'L'
        : 'N';
  const isAbsent = random.chance(0.015);
  const isCapped = code === 'EGFR' && rounded > 90;
  return {
    ResultID: id,
    InvestigationID: investigation,
    InternalID: Number(patient.InternalID),
    ResultCode: code,
    ObservationStatusCode: 'F',
    Value: isAbsent || isText ? null : scaled(isCapped ? 90 : rounded),
    Comparator: isCapped && !isAbsent ? '>' : null,
    ValueText:
      isText && !isAbsent
        ? random.pick(['Not detected', 'Detected', 'No growth after 48 hours'])
        : null,
    ReferenceLow: scaled(kind.low),
    ReferenceHigh: scaled(kind.high),
    ReferenceText: isText ? 'Not detected' : null,
    AbnormalFlagCode: isAbsent || isText || random.chance(0.05) ? null : flag,
    AbsentReasonCode: isAbsent ? random.pick(['error', 'unknown', 'not-performed']) : null,
    UpdatedAt: formatDateTime(day, 1261),
  };
}
