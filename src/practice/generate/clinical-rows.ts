import {
  type Day,
  formatDateTime,
  formatDateTimeOffset,
  formatDay,
  parseDay,
} from '../calendar.ts';
import allergenList from '../data/allergens.json' with { type: 'json' };
import conditionList from '../data/conditions.json' with { type: 'json' };
import procedureList from '../data/procedures.json' with { type: 'json' };
import vaccineList from '../data/vaccines.json' with { type: 'json' };
import { Random } from '../random.ts';
import type {
  allergies,
  allergyReactions,
  immunisations,
  procedures,
} from '../schema/clinical-tables.ts';
import type { Row } from '../table.ts';
import type { Condition, Patient, Visit } from './generated-rows.ts';
import { practitionerCount } from './practice-rows.ts';

/** Age today in years; middle-aged where the birth date is not known. */
export function ageOf(patient: Patient, today: Day): number {
  return typeof patient.DOB === 'string' ? (today - parseDay(patient.DOB)) / 365.25 : 50;
}

function firstDay(patient: Patient, today: Day): Day {
  return typeof patient.DOB === 'string' ? parseDay(patient.DOB) : today - 10_000;
}

export function conditionRows(patients: readonly Patient[], today: Day): Condition[] {
  const random = new Random('Conditions');
  const rows: Condition[] = [];
  for (const patient of patients) {
    const age = ageOf(patient, today);
    const eligible = conditionList.filter(
      (c) => age >= c.fromAge && age <= c.toAge && (c.code !== 'W78' || patient.SexCode === 'F'),
    );
    const wanted = new Set<(typeof conditionList)[number]>();
    const count = Math.round(random.next() * (0.8 + age / 25));
    for (let i = 0; i < count && eligible.length > 0; i += 1) {
      wanted.add(random.weighted(eligible.map((c) => [c, c.weight] as const)));
    }
    for (const condition of wanted) {
      rows.push(conditionRow(random, rows.length + 1, patient, condition, today));
    }
  }
  return rows;
}

function conditionNote(random: Random, id: number): string | null {
  const note = random.chance(0.15)
    ? random.pick(['Reviewed with patient.', 'Stable.\nContinue plan.', 'See specialist letter.'])
    : null;
  return id === 10 ? 'Long history, told at length; see below.\n'.repeat(300) : note;
}

/** Some rows have neither a code nor words. */
function unnamed(id: number, text: string): string | null {
  return id % 5 === 0 ? null : text;
}

function conditionRow(
  random: Random,
  id: number,
  patient: Patient,
  condition: (typeof conditionList)[number],
  today: Day,
): Condition {
  const birth = firstDay(patient, today);
  const onset = Math.max(birth, today - random.between(1, condition.chronic === 1 ? 5500 : 1500));
  const isActive = condition.chronic === 1 ? random.chance(0.92) : random.chance(0.15);
  const isCoded = random.chance(0.94);
  const hasOnset = random.chance(0.85);
  return {
    ConditionID: id,
    InternalID: Number(patient.InternalID),
    ConditionCode: isCoded ? condition.code : null,
    ConditionText: isCoded
      ? random.chance(0.2)
        ? condition.term
        : null
      : unnamed(id, condition.term),
    CategoryCode: condition.chronic === 1 ? 'P' : random.pick(['P', 'E']),
    SeverityCode: random.number({ 1: 15, 2: 17, 3: 8 }, 60),
    BodySiteCode: condition.code === 'L89' ? random.pick(['LKNEE', 'RKNEE']) : null,
    ClinicalStatusCode: random.chance(0.02)
      ? null
      : isActive
        ? 'A'
        : random.code({ R: 80, I: 15, M: 5 }),
    VerificationStatusCode: random.code({ C: 82, P: 6, U: 2, X: 1, E: 1 }, 8),
    OnsetDate: hasOnset ? formatDay(onset) : null,
    OnsetText: hasOnset ? null : random.pick(['Childhood', 'Years ago', null]),
    AbatementDate:
      isActive || random.chance(0.3)
        ? null
        : formatDay(Math.min(today, onset + random.between(3, 90))),
    RecordedDate: random.chance(0.9)
      ? formatDay(Math.min(today, onset + random.between(0, 30)))
      : null,
    RecordedByID: random.chance(0.9) ? random.between(1, practitionerCount) : null,
    Notes: conditionNote(random, id),
    IsConfidential: random.chance(0.02) ? 1 : 0,
    IsDeleted: random.chance(0.01) ? 1 : 0,
    CreatedAt: formatDateTime(Math.min(today, onset + 1), random.between(540, 1020)),
    UpdatedAt: formatDateTime(
      Math.min(today - 1, onset + random.between(1, 900)),
      random.between(540, 1020),
      random.digits(7),
    ),
  };
}

export interface AllergyRows {
  readonly allergies: Row<typeof allergies>[];
  readonly reactions: Row<typeof allergyReactions>[];
  /** Patient number → what the practice recorded about allergies as a whole. */
  readonly statuses: ReadonlyMap<number, 'A' | 'N' | 'U' | null>;
}

const manifestations = 'HIVES RASH ANAPH WHEEZE NAUSEA DIARR ABDO ANGIO VOMIT ITCH'.split(' ');

export function allergyRows(patients: readonly Patient[], today: Day): AllergyRows {
  const random = new Random('Allergies');
  const rows: Row<typeof allergies>[] = [];
  const reactions: Row<typeof allergyReactions>[] = [];
  const statuses = new Map<number, 'A' | 'N' | 'U' | null>();
  for (const patient of patients) {
    const id = Number(patient.InternalID);
    const count = random.number({ 0: 65, 1: 24, 2: 9, 3: 2 });
    // "Nil known" is somebody's word, never the absence of rows.
    statuses.set(id, count > 0 ? 'A' : random.code({ N: 50, U: 10 }, 40));
    for (let i = 0; i < count; i += 1) {
      const allergyID = rows.length + 1;
      rows.push(allergyRow(random, allergyID, patient, today));
      const reactionCount = random.number({ 0: 15, 1: 65, 2: 20 });
      for (let k = 0; k < reactionCount; k += 1) {
        reactions.push({
          ReactionID: reactions.length + 1,
          AllergyID: allergyID,
          ...reactionOf(random, today),
        });
      }
    }
  }
  return { allergies: rows, reactions, statuses };
}

function reactionOf(random: Random, today: Day): Row<typeof allergyReactions> {
  const isCoded = random.chance(0.9);
  return {
    ManifestationCode: isCoded ? random.pick(manifestations) : null,
    ManifestationText: isCoded ? null : random.pick(['Felt "funny" for a day', null]),
    SeverityCode: random.number({ 1: 35, 2: 25, 3: 10 }, 30),
    OnsetDate: random.chance(0.3) ? formatDay(today - random.between(30, 4000)) : null,
  };
}

function allergyRow(
  random: Random,
  id: number,
  patient: Patient,
  today: Day,
): Row<typeof allergies> {
  const isCoded = random.chance(0.92);
  const onset = Math.max(firstDay(patient, today), today - random.between(100, 9000));
  const allergen = random.weighted(allergenList.map((a, index) => [index + 1, a.weight] as const));
  return {
    AllergyID: id,
    InternalID: Number(patient.InternalID),
    AllergenID: isCoded ? allergen : null,
    SubstanceText: isCoded
      ? null
      : unnamed(id, random.pick(['Blue dye in cough syrup', 'Unknown antibiotic'])),
    AllergyTypeCode: random.code({ A: 75, I: 20 }, 5),
    CriticalityCode: random.code({ L: 35, H: 20, U: 5 }, 40),
    ClinicalStatusCode: random.code({ A: 90, I: 5, R: 3 }, 2),
    VerificationStatusCode: random.code({ C: 70, U: 20, E: 2 }, 8),
    OnsetDate: random.chance(0.5) ? formatDay(onset) : null,
    RecordedDate: random.chance(0.8) ? formatDay(Math.min(today, onset + 20)) : null,
    RecordedByID: random.chance(0.8) ? random.between(1, practitionerCount) : null,
    Notes: random.chance(0.2) ? 'As told by the patient' : null,
    IsDeleted: random.chance(0.01) ? 1 : 0,
    UpdatedAt: formatDateTime(Math.min(today - 1, onset + 30), 610, random.digits(7)),
  };
}

const siteByAge = (random: Random, ageAtDose: number) =>
  ageAtDose < 1 ? random.pick(['LTH', 'RTH']) : random.pick(['LUA', 'RUA', null]);

export function immunisationRows(
  patients: readonly Patient[],
  today: Day,
): Row<typeof immunisations>[] {
  const random = new Random('Immunisations');
  const rows: Row<typeof immunisations>[] = [];
  const influenza = vaccineList.findIndex((v) => v.name === 'FluQuadri') + 1;
  const covid = vaccineList.findIndex((v) => v.name === 'Comirnaty') + 1;
  for (const patient of patients) {
    const birth = firstDay(patient, today);
    const add = (vaccineID: number, day: Day, dose: number) => {
      if (day <= birth || day > today || !random.chance(0.8)) return;
      rows.push(immunisationRow(random, rows.length + 1, patient, vaccineID, day, dose, birth));
    };
    for (const [index, vaccine] of vaccineList.entries()) {
      for (const [dose, age] of vaccine.ages.entries()) {
        const day = birth + Math.round(age * 365.25) + random.between(0, 40);
        // Nothing on file from before the register began.
        if (day > today - 365 * 20) add(index + 1, day, dose + 1);
      }
    }
    const age = ageOf(patient, today);
    if (age > 5 && random.chance(0.5)) add(influenza, today - random.between(100, 250), 1);
    if (age > 65) add(influenza, today - 365 - random.between(100, 250), 1);
    if (age > 16)
      for (let dose = 1; dose <= 2; dose += 1) add(covid, today - 1700 + dose * 60, dose);
  }
  return rows;
}

function immunisationRow(
  random: Random,
  id: number,
  patient: Patient,
  vaccineID: number,
  day: Day,
  dose: number,
  birth: Day,
): Row<typeof immunisations> {
  const isHere = random.chance(0.8);
  const status = random.code({ C: 96, N: 3, E: 1 });
  const hasDate = isHere || random.chance(0.85);
  return {
    ImmunisationID: id,
    InternalID: Number(patient.InternalID),
    VaccineID: isHere || random.chance(0.7) ? vaccineID : null,
    VaccineText: isHere ? null : 'Given elsewhere',
    ImmunisationStatusCode: status,
    StatusReason: status === 'N' ? 'Patient declined' : null,
    GivenDate: hasDate ? formatDay(day) : null,
    // Of some nothing is known, not even in words.
    GivenText: hasDate || id % 3 === 0 ? null : 'Overseas, date not known',
    IsPrimarySource: random.chance(0.1) ? null : isHere ? 1 : 0,
    DoseNumber: random.chance(0.9) ? dose : null,
    DoseMl: isHere ? 50 : null,
    BatchNo:
      isHere && random.chance(0.95) ? `${random.pick(['A', 'K', 'X'])}${random.digits(5)}` : null,
    BatchExpiry: isHere ? formatDay(day + random.between(60, 700)) : null,
    BodySiteCode: isHere ? siteByAge(random, (day - birth) / 365.25) : null,
    RouteCode: isHere ? (vaccineList[vaccineID - 1]?.route ?? null) : null,
    GivenByID: isHere ? random.between(1, practitionerCount) : null,
    LocationID: isHere ? 1 : null,
    ReportedToAirAt:
      isHere && status === 'C' ? formatDateTimeOffset(day, 1100, random.digits(3)) : null,
    Notes: random.chance(0.05) ? 'Observed for 15 minutes' : null,
    UpdatedAt: formatDateTime(day, 1101, random.digits(7)),
  };
}

export function procedureRows(
  patients: readonly Patient[],
  visits: ReadonlyMap<number, readonly Visit[]>,
  conditionsOf: ReadonlyMap<number, readonly Condition[]>,
  today: Day,
): Row<typeof procedures>[] {
  const random = new Random('Procedures');
  const rows: Row<typeof procedures>[] = [];
  for (const patient of patients) {
    const id = Number(patient.InternalID);
    const eligible = procedureList.filter((p) => ageOf(patient, today) > p.minAge);
    if (eligible.length === 0 || !random.chance(0.4)) continue;
    const procedure = random.weighted(eligible.map((p) => [p, p.weight] as const));
    const visit = visits.get(id)?.find((v) => v.StartTime !== null);
    const isHere = visit !== undefined && random.chance(0.7);
    const day = Math.max(firstDay(patient, today), today - random.between(366, 6000));
    const isCoded = random.chance(0.92);
    rows.push({
      ProcedureID: rows.length + 1,
      InternalID: id,
      VisitID: isHere ? visit.VisitID : null,
      ProcedureCode: isCoded ? procedure.code : null,
      ProcedureText: isCoded ? null : unnamed(rows.length, procedure.term),
      ProcedureStatusCode: random.code({ C: 92, P: 4, N: 2, S: 1, E: 1 }),
      PerformedDate: isHere ? formatDay(visit.day) : random.chance(0.9) ? formatDay(day) : null,
      PerformedStart: isHere ? visit.StartTime : null,
      PerformedEnd: isHere ? visit.EndTime : null,
      PerformedByID: isHere ? visit.PractitionerID : null,
      BodySiteCode: random.code({ FOREARM: 15, BACK: 15 }, 70),
      ReasonText: random.chance(0.3) ? 'Suspicious lesion' : null,
      ReasonConditionID: random.chance(0.4)
        ? (conditionsOf.get(id)?.[0]?.ConditionID ?? null)
        : null,
      Notes: random.chance(0.2) ? 'No complications' : null,
      UpdatedAt: formatDateTime(isHere ? visit.day : day, 1030, random.digits(7)),
    });
  }
  return rows;
}
