import { type Day, formatDateTime, formatDay } from '../calendar.ts';
import names from '../data/names.json' with { type: 'json' };
import { Random } from '../random.ts';
import type { patientNotes, relatedPersons } from '../schema/patient-tables.ts';
import type { Row } from '../table.ts';
import { landline, mobile } from './contact-points.ts';
import type { Patient } from './generated-rows.ts';
import { practitionerCount } from './practice-rows.ts';

export function relatedPersonRows(
  patients: readonly Patient[],
  today: Day,
): Row<typeof relatedPersons>[] {
  const random = new Random('RelatedPersons');
  const rows: Row<typeof relatedPersons>[] = [];
  for (const patient of patients) {
    const count = random.number({ 0: 35, 1: 50, 2: 15 });
    for (let i = 0; i < count; i += 1) {
      const head = patient.HeadOfFamilyID;
      const isPatientToo = i === 0 && head !== patient.InternalID && random.chance(0.7);
      rows.push(
        isPatientToo && typeof head === 'number'
          ? relative(random, rows.length + 1, patient, patients[head - 1], today)
          : stranger(random, rows.length + 1, patient, i === 0, today),
      );
    }
  }
  return rows;
}

function relative(
  random: Random,
  id: number,
  patient: Patient,
  head: Patient | undefined,
  today: Day,
): Row<typeof relatedPersons> {
  return {
    RelatedPersonID: id,
    InternalID: Number(patient.InternalID),
    RelationshipCode: random.pick(['MTH', 'FTH', 'SPS', 'SIB']),
    Title: head?.Title ?? null,
    Firstname: head?.Firstname ?? null,
    Surname: head?.Surname ?? null,
    SexCode: head?.SexCode ?? null,
    DOB: head?.DOB ?? null,
    RelatedInternalID: head?.InternalID ?? null,
    HomePhone: head?.HomePhone ?? null,
    MobilePhone: head?.MobilePhone ?? null,
    Email: head?.Email ?? null,
    Address1: head?.Address1 ?? null,
    City: head?.City ?? null,
    State: head?.State ?? null,
    Postcode: head?.Postcode ?? null,
    IsNextOfKin: 1,
    IsEmergencyContact: 1,
    UpdatedAt: formatDateTime(today - random.between(1, 700), 700),
  };
}

/** Often only half known: a relationship without a name, or a name without more. */
function stranger(
  random: Random,
  id: number,
  patient: Patient,
  isFirst: boolean,
  today: Day,
): Row<typeof relatedPersons> {
  const isNamed = random.chance(0.95);
  const isCoded = !isNamed || random.chance(0.85);
  const hasAddress = random.chance(0.3);
  return {
    RelatedPersonID: id,
    InternalID: Number(patient.InternalID),
    RelationshipCode: isCoded
      ? random.pick(['FRND', 'SIB', 'NBOR', 'GUARD', 'CHILD', 'GRPRN'])
      : null,
    RelationshipText: isCoded ? null : random.pick(['Case worker', 'Ex-husband', null]),
    Title: null,
    Firstname:
      isNamed && random.chance(0.95) ? random.pick([...names.female, ...names.male]) : null,
    Surname: isNamed ? random.pick(names.surnames) : null,
    SexCode: random.pick(['F', 'M', null]),
    DOB: random.chance(0.1) ? formatDay(today - random.between(8000, 30_000)) : null,
    HomePhone: random.chance(0.3) ? landline(random) : null,
    MobilePhone: random.chance(0.8) ? mobile(random) : null,
    Address1: hasAddress ? (patient.Address1 ?? null) : null,
    City: hasAddress ? (patient.City ?? null) : null,
    State: hasAddress ? (patient.State ?? null) : null,
    Postcode: hasAddress ? (patient.Postcode ?? null) : null,
    IsNextOfKin: isFirst ? 1 : 0,
    IsEmergencyContact: isFirst ? 0 : 1,
    IsActive: random.chance(0.97) ? 1 : 0,
    UpdatedAt: formatDateTime(today - random.between(1, 700), 701),
  };
}

const noteTexts = [
  'Prefers morning appointments.',
  'Very happy with the new hearing aid 👂🎉\nAsked to be called by the first name.',
  'Line one\r\nLine two\r\n\tindented',
  'Rang; no answer. Rang again — left a message.',
  "Daughter's name is Zoë; she holds the power of attorney.",
  'Said "it\'s fine" \\ then cried; see 50% of notes_ and <b>letters</b> & co.',
];

export function patientNoteRows(
  patients: readonly Patient[],
  today: Day,
): Row<typeof patientNotes>[] {
  const random = new Random('PatientNotes');
  return Array.from({ length: 600 }, (_, index) => ({
    NoteID: index + 1,
    // The first patients carry one note of each kind.
    InternalID: index < noteTexts.length ? index + 1 : (random.pick(patients).InternalID ?? 1),
    PractitionerID: random.chance(0.9) ? random.between(1, practitionerCount) : null,
    NotedAt: formatDateTime(
      today - random.between(1, 700),
      random.between(540, 1020),
      random.digits(7),
    ),
    Note: noteTexts[index] ?? random.pick(noteTexts),
    IsConfidential: random.chance(0.03) ? 1 : 0,
  }));
}
