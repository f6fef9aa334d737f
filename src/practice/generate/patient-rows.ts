import { type Day, formatDateTime, formatDay, formatTime } from '../calendar.ts';
import names from '../data/names.json' with { type: 'json' };
import suburbs from '../data/suburbs.json' with { type: 'json' };
import { healthIdentifier, medicareNumber } from '../identifiers.ts';
import { Random } from '../random.ts';
import { email, landline, mobile } from './contact-points.ts';
import type { Patient } from './generated-rows.ts';
import { oddPatients } from './odd-patients.ts';
import { locationCount, practitionerCount } from './practice-rows.ts';

const patientCount = 2000;

interface Household {
  readonly surname: string;
  readonly address: string;
  readonly unit: string | null;
  readonly suburb: (typeof suburbs)[number];
  readonly phone: string | null;
  readonly medicare: string;
  readonly medicareExpiry: Day;
  readonly headID: number;
}

export function patientRows(today: Day): Patient[] {
  const random = new Random('Patients');
  const odd = new Map(oddPatients(today).map((row) => [row.InternalID, row]));
  const rows: Patient[] = [];
  while (rows.length < patientCount) {
    const household = householdOf(random, rows.length + 1, today);
    const size = random.number({ 1: 45, 2: 25, 3: 12, 4: 12, 5: 6 });
    for (let member = 1; member <= size && rows.length < patientCount; member += 1) {
      const row = patientRow(random, rows.length + 1, member, household, today);
      rows.push({ ...row, ...odd.get(rows.length + 1) });
    }
  }
  return rows;
}

function householdOf(random: Random, headID: number, today: Day): Household {
  return {
    surname: random.chance(0.06) ? random.pick(names.hyphenated) : random.pick(names.surnames),
    address: `${random.between(1, 240)} ${random.pick(names.streets)}`,
    unit: random.chance(0.25) ? `Unit ${random.between(1, 40)}` : null,
    suburb: random.weighted(suburbs.map((suburb) => [suburb, suburb.weight] as const)),
    phone: random.chance(0.6) ? landline(random) : null,
    medicare: medicareNumber(`${random.between(2, 6)}${random.digits(7)}`, random.between(1, 5)),
    medicareExpiry: today + random.between(-200, 1800),
    headID,
  };
}

function patientRow(
  random: Random,
  id: number,
  member: number,
  household: Household,
  today: Day,
): Patient {
  const age = member <= 2 ? random.between(18, 96) : random.between(0, 17);
  const birth = today - Math.floor((age + random.next()) * 365.25) - 1;
  const sex = random.chance(0.52) ? 'F' : 'M';
  const firstname = random.pick(sex === 'F' ? names.female : names.male);
  const first = Math.max(birth, today - random.between(30, 7000));
  return {
    InternalID: id,
    ExternalID: random.uuid(),
    RecordNo: `P${String(10_000 + id)}`,
    ...nameColumns(random, sex, age, firstname, household.surname),
    DOB: formatDay(birth),
    DOBAccuracy: random.code({ AAA: 15, EEA: 2, UUA: 1 }, 80),
    TimeOfBirth: age === 0 ? formatTime(random.between(0, 1439)) : null,
    BirthPlace: random.chance(0.2) ? random.pick(suburbs).city : null,
    SexCode: sex,
    ...backgroundColumns(random, sex, age, today),
    ...addressColumns(random, household),
    HomePhone: household.phone,
    WorkPhone: age > 20 && age < 65 && random.chance(0.2) ? landline(random) : null,
    MobilePhone: age >= 12 && random.chance(0.85) ? mobile(random) : null,
    Email: age >= 16 && random.chance(0.6) ? email(firstname, household.surname, id) : null,
    SmsConsent: age >= 16 && random.chance(0.8) ? 1 : 0,
    ...identifierColumns(random, age, member, household, today),
    AllergyStatusCode: null,
    UsualPractitionerID: random.chance(0.85) ? random.between(1, practitionerCount) : null,
    UsualLocationID: random.chance(0.9) ? random.between(1, locationCount) : null,
    HeadOfFamilyID: household.headID,
    PatientStatusCode: random.chance(0.05) ? 'I' : 'A',
    AccountBalance: random.chance(0.1) ? random.between(-5000, 25_000) * 100 : 0,
    DiscountPercent: random.chance(0.05) ? random.pick([500, 1000, 1250]) : null,
    FirstSeen: formatDateTime(first, random.between(540, 1020)),
    CreatedAt: formatDateTime(first, random.between(480, 1080), random.digits(3)),
    UpdatedAt: formatDateTime(
      Math.max(first, today - random.between(1, 900)),
      random.between(480, 1080),
      random.digits(7),
    ),
  };
}

function nameColumns(random: Random, sex: 'F' | 'M', age: number, first: string, last: string) {
  const title = sex === 'M' ? (age < 12 ? 'Master' : 'Mr') : age < 16 ? 'Miss' : 'Ms';
  return {
    Title: random.chance(0.9) ? title : null,
    Firstname: first,
    Middlename: random.chance(0.4) ? random.pick(sex === 'F' ? names.female : names.male) : null,
    Surname: last,
    PreferredName: random.chance(0.1) ? first.slice(0, 3) : null,
    PreviousSurname: sex === 'F' && age > 25 && random.chance(0.1) ? 'Smith' : null,
  };
}

function backgroundColumns(random: Random, sex: 'F' | 'M', age: number, today: Day) {
  const isOverseas = random.chance(0.25);
  const language = random.code(
    { en: 75, vi: 5, cmn: 4, yue: 2, ar: 3, el: 3, it: 2, hi: 2, pl: 1, asf: 1 },
    8,
  );
  const indigenous = isOverseas ? 4 : random.number({ 1: 5, 2: 1, 3: 1, 4: 70, 9: 8 }, 15);
  const isIndigenous = indigenous !== null && indigenous < 4;
  return {
    GenderIdentityCode: random.number({ [sex === 'F' ? 1 : 2]: 26, 3: 2, 4: 1 }, 70),
    PronounCode: random.code({ [sex === 'F' ? 'S' : 'H']: 22, T: 3 }, 75),
    IndigenousStatusCode: indigenous,
    ClosingTheGap: isIndigenous ? (random.chance(0.7) ? 1 : 0) : null,
    CountryOfBirthCode: isOverseas
      ? random.pick([
          '1201',
          '2102',
          '2303',
          '2304',
          '3104',
          '3307',
          '5105',
          '5204',
          '6101',
          '7103',
        ])
      : random.chance(0.8)
        ? '1101'
        : null,
    ArrivalDate: isOverseas && age > 5 ? formatDay(today - random.between(100, age * 360)) : null,
    LanguageCode: language,
    InterpreterRequired:
      language === null || language === 'en'
        ? random.chance(0.5)
          ? 0
          : null
        : random.chance(0.3)
          ? 1
          : 0,
    Occupation: age < 18 || random.chance(0.3) ? null : random.pick(names.occupations),
  };
}

function addressColumns(random: Random, household: Household) {
  const { city, state, postcode } = household.suburb;
  const isPosted = random.chance(0.05);
  return {
    Address1: household.unit ?? household.address,
    Address2: household.unit === null ? null : household.address,
    City: city,
    State: state.padEnd(3),
    Postcode: postcode,
    PostalAddress1: isPosted ? `PO Box ${random.between(1, 900)}` : null,
    PostalCity: isPosted ? city : null,
    PostalState: isPosted ? state.padEnd(3) : null,
    PostalPostcode: isPosted ? postcode : null,
  };
}

function identifierColumns(
  random: Random,
  age: number,
  member: number,
  household: Household,
  today: Day,
) {
  const hasIhi = random.chance(0.85);
  const hasMedicare = random.chance(0.93);
  const hasDva = age > 60 && random.chance(0.06);
  const concession = age >= 67 ? random.pick(['P', 'S', null]) : random.chance(0.1) ? 'H' : null;
  return {
    IHI: hasIhi ? healthIdentifier('800360', random.digits(9)) : null,
    IHIStatusCode: hasIhi ? 'active' : null,
    IHIRecordStatusCode: hasIhi ? random.pick(['verified', 'verified', 'unverified']) : null,
    MedicareNo: hasMedicare ? household.medicare : null,
    MedicareLineNo: hasMedicare ? member : null,
    MedicareExpiry: hasMedicare ? formatDay(household.medicareExpiry) : null,
    DVANo: hasDva ? `${random.pick(['N', 'V', 'Q'])}X${random.digits(6)}` : null,
    DVACardCode: hasDva ? random.pick(['G', 'W', 'O', 'U']) : null,
    ConcessionNo: concession === null ? null : `${random.digits(9)}${random.pick(['A', 'K', 'T'])}`,
    ConcessionTypeCode: concession,
    ConcessionExpiry: concession === null ? null : formatDay(today + random.between(-100, 700)),
    HealthFund: random.chance(0.35) ? random.pick(['Example Health', 'Wattle Mutual']) : null,
    HealthFundNo: null,
  };
}
