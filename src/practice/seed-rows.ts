import { type Day, formatDateTimeOffset, formatDay, practiceTimeZone } from './calendar.ts';
import type { Catalogue } from './catalogues.ts';
import allergenList from './data/allergens.json' with { type: 'json' };
import conditionList from './data/conditions.json' with { type: 'json' };
import observationData from './data/observations.json' with { type: 'json' };
import procedureList from './data/procedures.json' with { type: 'json' };
import vaccineList from './data/vaccines.json' with { type: 'json' };
import * as appointments from './generate/appointment-rows.ts';
import * as clinical from './generate/clinical-rows.ts';
import { type DocumentRows, documentRows } from './generate/document-rows.ts';
import type { Patient, Visit } from './generate/generated-rows.ts';
import * as medicine from './generate/medicine-rows.ts';
import * as observations from './generate/observation-rows.ts';
import { oddEvents } from './generate/odd-events.ts';
import { patientRows } from './generate/patient-rows.ts';
import * as practice from './generate/practice-rows.ts';
import { childRows, type Present, presentDocuments, presentRows } from './generate/present-rows.ts';
import { patientNoteRows, relatedPersonRows } from './generate/relation-rows.ts';
import { roster, sessionRows } from './generate/roster.ts';
import { visitRows } from './generate/visit-rows.ts';
import { practiceFacts } from './practice-facts.ts';
import { appointmentProcedures } from './procedures/appointment-procedures.ts';
import { documentProcedures } from './procedures/document-procedures.ts';
import { patientProcedures } from './procedures/patient-procedures.ts';
import { Random } from './random.ts';
import * as clinicalSchema from './schema/clinical-tables.ts';
import { codeTables } from './schema/code-tables.ts';
import * as documentSchema from './schema/document-tables.ts';
import * as medicineSchema from './schema/medicine-tables.ts';
import * as observationSchema from './schema/observation-tables.ts';
import * as patientSchema from './schema/patient-tables.ts';
import * as practiceSchema from './schema/practice-tables.ts';
import * as schedulingSchema from './schema/scheduling-tables.ts';
import type { RowWriter } from './table.ts';

export const patientsCatalogue: Catalogue = {
  tables: [
    ...codeTables.map(({ table }) => table),
    ...practiceSchema.practiceTables,
    ...patientSchema.patientTables,
    ...clinicalSchema.clinicalTables,
    ...schedulingSchema.schedulingTables,
    schedulingSchema.visits,
    clinicalSchema.immunisations,
    clinicalSchema.procedures,
    ...observationSchema.observationTables,
    ...medicineSchema.medicineTables,
    patientSchema.documents,
  ],
  afterRows: schedulingSchema.oneAppointmentPerSlot,
  procedures: { ...patientProcedures, ...appointmentProcedures },
};

export const documentsCatalogue: Catalogue = {
  tables: documentSchema.documentTables,
  afterRows: '',
  procedures: documentProcedures,
};

/** Writes the rows of the catalogue Patients; hands back the documents, whose contents go to the other one. */
export function insertPatientsCatalogue(writer: RowWriter, today: Day): DocumentRows {
  for (const { table, rows } of codeTables) writer.insert(table, rows);
  insertPractice(writer, today);
  insertReferenceLists(writer, today);
  const bare = patientRows(today);
  const allergies = clinical.allergyRows(bare, today);
  const patients = bare.map((patient) => ({
    ...patient,
    AllergyStatusCode: allergies.statuses.get(Number(patient.InternalID)) ?? null,
  }));
  writer.insert(patientSchema.patients, patients);
  const present = presentRows(patients);
  writer.insert(patientSchema.relatedPersons, present(relatedPersonRows(patients, today)));
  writer.insert(patientSchema.patientNotes, present(patientNoteRows(patients, today)));
  const known = present(allergies.allergies);
  writer.insert(clinicalSchema.allergies, known);
  writer.insert(
    clinicalSchema.allergyReactions,
    childRows(known, 'AllergyID', allergies.reactions),
  );
  writer.insert(clinicalSchema.immunisations, present(clinical.immunisationRows(patients, today)));
  return insertCare(writer, patients, present, today);
}

export function insertDocumentsCatalogue(writer: RowWriter, rows: DocumentRows): void {
  writer.insert(documentSchema.documentIndex, rows.index);
  writer.insert(documentSchema.documentContents, rows.contents);
  writer.insert(documentSchema.thumbnails, rows.thumbnails);
  writer.insert(documentSchema.documentTexts, rows.texts);
}

function insertPractice(writer: RowWriter, today: Day): void {
  const random = new Random('PracticeInfo');
  writer.insert(practiceSchema.organisations, practice.organisationRows(today));
  writer.insert(practiceSchema.practiceInfo, [
    {
      PracticeInfoID: 1,
      SiteNumber: practiceFacts.siteNumber,
      PracticeName: practiceFacts.practiceName,
      PracticeManagementSiteID: practiceFacts.practiceManagementSiteId,
      PracticeManagementVersion: practiceFacts.practiceManagementVersion,
      OrganisationID: 1,
      TimeZone: practiceTimeZone,
      DatabaseGuid: random.uuid(),
      SchemaVersion: practiceFacts.schemaVersion,
      SeededOn: formatDay(today),
      SlotsUntil: formatDay(today + appointments.freeSlotDays),
      CreatedAt: formatDateTimeOffset(today, 360, '1234567'),
    },
  ]);
  writer.insert(practiceSchema.locations, practice.locationRows(today));
  writer.insert(practiceSchema.practitioners, practice.practitionerRows(today));
  writer.insert(practiceSchema.practitionerRoles, practice.practitionerRoleRows(today));
  writer.insert(practiceSchema.healthcareServices, practice.healthcareServiceRows(today));
  writer.insert(practiceSchema.fridgeTemperatures, practice.fridgeTemperatureRows(today));
}

function insertReferenceLists(writer: RowWriter, today: Day): void {
  writer.insert(
    clinicalSchema.conditionCodes,
    conditionList.map((c) => ({
      ConditionCode: c.code,
      Term: c.term,
      SnomedCode: c.snomed,
      IsChronic: c.chronic,
    })),
  );
  writer.insert(
    clinicalSchema.allergens,
    allergenList.map((a, index) => ({
      AllergenID: index + 1,
      Name: a.name,
      SnomedCode: a.snomed,
      AllergyCategoryCode: a.category,
    })),
  );
  writer.insert(
    clinicalSchema.vaccines,
    vaccineList.map((v, index) => ({
      VaccineID: index + 1,
      Name: v.name,
      Disease: v.disease,
      AirCode: v.air,
      AmtCode: v.amt,
      Manufacturer: v.maker,
    })),
  );
  writer.insert(
    clinicalSchema.procedureCodes,
    procedureList.map((p) => ({ ProcedureCode: p.code, Term: p.term, SnomedCode: p.snomed })),
  );
  writer.insert(medicineSchema.drugs, medicine.drugRows(today));
  insertObservationLists(writer);
}

function insertObservationLists(writer: RowWriter): void {
  writer.insert(
    observationSchema.observationTypes,
    observationData.types.map((type) => ({
      ObservationTypeCode: type.code,
      Name: type.name,
      CategoryCode: type.category,
      LoincCode: type.loinc,
      SnomedCode: type.snomed,
      Unit: type.unit,
      UcumCode: type.ucum,
    })),
  );
  writer.insert(
    observationSchema.investigationCodes,
    observationData.panels.map((panel) => ({
      InvestigationCode: panel.code,
      Name: panel.name,
      LoincCode: panel.loinc,
      SnomedCode: panel.snomed,
      CategoryCode: panel.category,
      DisciplineCode: panel.discipline,
    })),
  );
  writer.insert(
    observationSchema.resultCodes,
    observationData.results.map((result) => ({
      ResultCode: result.code,
      Name: result.name,
      LoincCode: result.loinc,
      Unit: result.unit,
      UcumCode: result.ucum,
    })),
  );
  writer.insert(
    observationSchema.unitConversions,
    observationData.conversions.map(([code, from, to, factor, largest]) => ({
      ResultCode: code ?? null,
      FromUnit: from ?? null,
      ToUnit: to ?? null,
      Factor: factor ?? null,
      LargestCount: largest ?? null,
    })),
  );
}

/** What happens between patients and practitioners: appointments, visits and all that comes of them. */
function insertCare(
  writer: RowWriter,
  patients: readonly Patient[],
  present: Present,
  today: Day,
): DocumentRows {
  const week = roster(today);
  writer.insert(schedulingSchema.appointmentTypes, appointments.appointmentTypeRows());
  writer.insert(schedulingSchema.schedules, week.schedules);
  writer.insert(schedulingSchema.sessions, sessionRows(week.sessions));
  const book = appointments.book(week.sessions, patients, today);
  writer.insert(schedulingSchema.slots, book.slots);
  writer.insert(
    schedulingSchema.waitingList,
    present(appointments.waitingListRows(patients, today)),
  );
  const conditions = present(clinical.conditionRows(patients, today));
  const conditionsOf = byPatient(conditions);
  const visits = visitRows(book.appointments, conditionsOf, today);
  const visitsOf = byPatient(visits);
  writer.insert(clinicalSchema.conditions, conditions);
  writer.insert(
    clinicalSchema.procedures,
    present(clinical.procedureRows(patients, visitsOf, conditionsOf, today)),
  );
  insertEvents(writer, { patients, visits, appointments: book.appointments, present }, today);
  const reports = observations.investigationRows(patients, today);
  writer.insert(observationSchema.investigations, present(reports.investigations));
  writer.insert(observationSchema.investigationResults, present(reports.results));
  const medicines = medicine.medicineRows(conditions, visitsOf, today);
  writer.insert(medicineSchema.medications, medicines.medications);
  writer.insert(medicineSchema.prescriptions, medicines.prescriptions);
  const billing = medicine.billingRows(visits);
  writer.insert(medicineSchema.invoices, billing.invoices);
  writer.insert(medicineSchema.invoiceItems, billing.items);
  const files = presentDocuments(documentRows(patients, visitsOf, today), present);
  writer.insert(patientSchema.documents, files.documents);
  return files;
}

interface Care {
  readonly patients: readonly Patient[];
  readonly visits: readonly Visit[];
  readonly appointments: readonly appointments.Appointment[];
  readonly present: Present;
}

/** Appointments, visits and what was measured at them, the odd ones last. */
function insertEvents(writer: RowWriter, care: Care, today: Day): void {
  const measured = observations.observationRows(care.visits, care.patients, today);
  const odd = oddEvents(
    {
      visits: care.visits.length,
      appointments: care.appointments.length,
      observations: measured.observations.length,
      components: measured.components.length,
    },
    today,
  );
  const kept = [...care.present(measured.observations), ...odd.observations];
  writer.insert(schedulingSchema.appointments, [...care.appointments, ...odd.appointments]);
  writer.insert(schedulingSchema.visits, [...care.visits, ...odd.visits]);
  writer.insert(observationSchema.observations, kept);
  writer.insert(
    observationSchema.observationComponents,
    childRows(kept, 'ObservationID', [...measured.components, ...odd.components]),
  );
}

function byPatient<T extends { readonly InternalID: number }>(rows: readonly T[]) {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const group = groups.get(row.InternalID);
    if (group === undefined) groups.set(row.InternalID, [row]);
    else group.push(row);
  }
  return groups;
}
