import { type Day, formatDateTime, formatDay, parseDay } from '../calendar.ts';
import conditionList from '../data/conditions.json' with { type: 'json' };
import drugList from '../data/drugs.json' with { type: 'json' };
import { Random } from '../random.ts';
import type {
  drugs,
  invoiceItems,
  invoices,
  medications,
  prescriptions,
} from '../schema/medicine-tables.ts';
import type { Row } from '../table.ts';
import type { Condition, Visit } from './generated-rows.ts';
import { practitionerCount } from './practice-rows.ts';

export function drugRows(today: Day): Row<typeof drugs>[] {
  return drugList.map((drug, index) => ({
    DrugID: index + 1,
    ProductName: drug.product,
    GenericName: drug.generic,
    Strength: drug.strength,
    Form: drug.form,
    PbsCode: drug.pbs,
    AmtCode: drug.amt,
    AtcCode: drug.atc,
    PackSize: drug.pack,
    MaxRepeats: drug.repeats,
    Schedule: drug.schedule,
    DispensedPrice: Math.round(Number(drug.price) * 10_000),
    IsActive: 1,
    UpdatedAt: formatDateTime(today - 100, 60),
  }));
}

export interface MedicineRows {
  readonly medications: Row<typeof medications>[];
  readonly prescriptions: Row<typeof prescriptions>[];
}

export function medicineRows(
  conditions: readonly Condition[],
  visits: ReadonlyMap<number, readonly Visit[]>,
  today: Day,
): MedicineRows {
  const random = new Random('Medications');
  const made: MedicineRows = { medications: [], prescriptions: [] };
  for (const condition of conditions) {
    const choices = drugList.flatMap((drug, index) =>
      typeof condition.ConditionCode === 'string' && drug.treats.includes(condition.ConditionCode)
        ? [index + 1]
        : [],
    );
    if (!random.chance(choices.length > 0 ? 0.75 : 0.04)) continue;
    const drugID = choices.length > 0 ? random.pick(choices) : null;
    addMedicine(random, made, condition, drugID, visits.get(condition.InternalID) ?? [], today);
  }
  return made;
}

function addMedicine(
  random: Random,
  made: MedicineRows,
  condition: Condition,
  drugID: number | null,
  visits: readonly Visit[],
  today: Day,
): void {
  const drug = drugID === null ? undefined : drugList[drugID - 1];
  const isChronic = conditionList.some(
    (c) => c.code === condition.ConditionCode && c.chronic === 1,
  );
  const onset =
    typeof condition.OnsetDate === 'string' ? parseDay(condition.OnsetDate) : today - 800;
  const start = Math.min(today, onset + random.between(0, 200));
  const status = isChronic
    ? random.code({ A: 85, S: 10, U: 3, N: 1, E: 1 })
    : random.code({ C: 80, A: 15, S: 5 });
  const medicationID = made.medications.length + 1;
  const text = medicineText(drug, medicationID);
  const dosage = drug?.dosage ?? (random.chance(0.5) ? 'Apply twice a day' : null);
  made.medications.push({
    MedicationID: medicationID,
    InternalID: condition.InternalID,
    DrugID: drugID,
    DrugText: text,
    Dosage: random.chance(0.95) ? dosage : null,
    MedicationStatusCode: status,
    StartDate: random.chance(0.9) ? formatDay(start) : null,
    EndDate: status === 'A' ? null : formatDay(Math.min(today, start + random.between(5, 300))),
    AssertedDate: random.chance(0.85) ? formatDateTime(start, 640) : null,
    IsLongTerm: isChronic ? 1 : 0,
    ReasonCode: condition.ConditionCode ?? null,
    ReasonText: random.chance(0.1) ? 'As discussed' : null,
    ReasonConditionID: random.chance(0.6) ? condition.ConditionID : null,
    RecordedByID: random.chance(0.9) ? random.between(1, practitionerCount) : null,
    Notes: random.chance(0.05) ? 'Bought over the counter' : null,
    UpdatedAt: formatDateTime(start, 641, random.digits(7)),
  });
  const count = random.between(isChronic ? 1 : 0, isChronic ? 4 : 1);
  for (let i = 0; i < count; i += 1) {
    const visit = visits.length > 0 ? visits[i % visits.length] : undefined;
    const medicine = made.medications.at(-1);
    if (medicine === undefined) continue;
    const day = Math.min(today, start + i * 180);
    made.prescriptions.push({
      PrescriptionID: made.prescriptions.length + 1,
      ...prescriptionOf(random, medicine, dosage, visit, day),
    });
  }
}

/** What is not in the list is written in words; some that are in it are written too, as the prescriber typed them. */
function medicineText(drug: (typeof drugList)[number] | undefined, id: number): string | null {
  if (drug === undefined) return 'Compounded cream: hydrocortisone 1% in sorbolene';
  return id % 9 === 0 ? `${drug.product ?? drug.generic} ${drug.strength}` : null;
}

function prescriptionOf(
  random: Random,
  medicine: Row<typeof medications>,
  dosage: string | null,
  visit: Visit | undefined,
  dayWithoutVisit: Day,
): Row<typeof prescriptions> {
  const drug = medicine.DrugID == null ? undefined : drugList[Number(medicine.DrugID) - 1];
  const isSubsidised = drug !== undefined && drug.pbs !== null;
  const day = visit?.day ?? dayWithoutVisit;
  const time = (visit?.start ?? 640) + 5;
  return {
    ScriptGuid: random.chance(0.7) ? random.uuid() : null,
    InternalID: medicine.InternalID,
    MedicationID: medicine.MedicationID,
    DrugID: medicine.DrugID,
    DrugText: medicine.DrugText,
    Dosage: random.chance(0.97) ? dosage : null,
    Quantity: drug === undefined ? null : drug.pack * 100,
    Repeats: drug?.repeats ?? null,
    AuthorityNo: drug?.schedule === 'S8' || random.chance(0.05) ? random.digits(8) : null,
    IntentCode: random.code({ O: 92, R: 6, P: 2 }),
    PrescriptionStatusCode:
      medicine.MedicationStatusCode === 'A'
        ? random.code({ A: 75, C: 20, X: 5 })
        : random.code({ C: 70, S: 25, E: 5 }),
    PrescribedAt: random.chance(0.99) ? formatDateTime(day, time) : null,
    PrescriberID: random.chance(0.98) ? (visit?.PractitionerID ?? random.between(1, 7)) : null,
    VisitID: visit?.VisitID,
    ReasonText: random.chance(0.1) ? 'Ongoing treatment' : null,
    ReasonConditionID: random.chance(0.5) ? medicine.ReasonConditionID : null,
    IsPbs: isSubsidised ? 1 : 0,
    PatientContribution: isSubsidised ? random.pick([77_000, 316_000, 0]) : null,
    UpdatedAt: formatDateTime(day, time + 1, random.digits(7)),
  };
}

export interface BillingRows {
  readonly invoices: Row<typeof invoices>[];
  readonly items: Row<typeof invoiceItems>[];
}

/** Item, words, fee and rebate in ten-thousandths of a dollar. */
const mbs = [
  ['23', 'Consultation under 20 minutes', 895_000, 428_500],
  ['36', 'Consultation of 20 minutes or more', 1_650_000, 829_000],
  ['10990', 'Bulk billing incentive', 82_000, 82_000],
  ['91891', 'Telehealth by telephone', 750_000, 428_500],
] as const;

export function billingRows(visits: readonly Visit[]): BillingRows {
  const random = new Random('Invoices');
  const made: BillingRows = { invoices: [], items: [] };
  for (const visit of visits) {
    if (visit.VisitStatusCode !== 'F' || visit.PractitionerID == null || random.chance(0.35))
      continue;
    const billTo = random.code({ M: 45, P: 50, D: 5 });
    const main = visit.VisitClassCode === 'VR' ? mbs[3] : random.chance(0.2) ? mbs[1] : mbs[0];
    const items = billTo === 'M' ? [main, mbs[2]] : [main];
    const total = items.reduce((sum, item) => sum + (billTo === 'M' ? item[3] : item[2]), 0);
    const isPaid = random.chance(0.9);
    const id = made.invoices.length + 1;
    made.invoices.push({
      InvoiceID: id,
      InternalID: visit.InternalID,
      VisitID: visit.VisitID,
      PractitionerID: visit.PractitionerID,
      InvoiceDate: formatDateTime(visit.day, visit.start + 15),
      BillTo: billTo,
      Total: total,
      Gst: 0,
      PaidAmount: isPaid ? total : 0,
      PaidAt: isPaid ? formatDateTime(visit.day, visit.start + 20) : null,
      ClaimID: billTo === 'M' ? 9_100_000_000_000_000_001n + BigInt(id) : null,
    });
    for (const [item, description, fee, rebate] of items) {
      made.items.push({
        InvoiceItemID: made.items.length + 1,
        InvoiceID: id,
        MbsItem: item,
        Description: description,
        Quantity: 1,
        Fee: fee,
        Rebate: rebate,
        DiscountRate: random.chance(0.03) ? 500 : null,
      });
    }
  }
  return made;
}
