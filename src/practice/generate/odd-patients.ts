import { type Day, formatDateTime, formatDay } from '../calendar.ts';
import type { Patient } from './generated-rows.ts';

const nobody = {
  Title: null,
  Firstname: null,
  Middlename: null,
  Surname: null,
  PreferredName: null,
} as const;

const unidentified = {
  RecordNo: null,
  IHI: null,
  IHIStatusCode: null,
  IHIRecordStatusCode: null,
  MedicareNo: null,
  MedicareLineNo: null,
  MedicareExpiry: null,
  DVANo: null,
  DVACardCode: null,
  ConcessionNo: null,
  ConcessionTypeCode: null,
  ConcessionExpiry: null,
  HealthFund: null,
  HealthFundNo: null,
} as const;

const unreachable = {
  Address1: null,
  Address2: null,
  City: null,
  State: null,
  Postcode: null,
  HomePhone: null,
  WorkPhone: null,
  MobilePhone: null,
  Email: null,
  SmsConsent: 0,
} as const;

/** Cases that real practices have and that software trips over; each stands at a fixed number. */
export function oddPatients(today: Day): Patient[] {
  return [...missingAndGone(today), ...unusualNames(today), ...unusualPeople(today)];
}

function missingAndGone(today: Day): Patient[] {
  const death = today - 120;
  return [
    {
      InternalID: 1,
      Title: 'Ms',
      Firstname: 'Mei',
      Middlename: null,
      Surname: 'Ng',
      SexCode: 'F',
      PatientStatusCode: 'A',
      DOB: formatDay(today - 41 * 365),
    },
    { InternalID: 11, DOB: null, DOBAccuracy: null, TimeOfBirth: null },
    { InternalID: 12, Firstname: null, Middlename: null, PreferredName: null, Surname: 'Suharto' },
    { InternalID: 13, SexCode: null, GenderIdentityCode: null, PronounCode: null },
    { InternalID: 14, SexCode: 'U' },
    {
      InternalID: 15,
      PatientStatusCode: 'D',
      DeceasedDate: formatDay(death),
      IHIStatusCode: 'deceased',
      IHI: '8003608166690503',
      IHIRecordStatusCode: 'verified',
      DOB: formatDay(today - 88 * 365),
    },
    {
      InternalID: 16,
      PatientStatusCode: 'D',
      DeceasedDate: null,
      DOB: formatDay(today - 91 * 365),
    },
    { InternalID: 17, PatientStatusCode: 'I' },
    {
      InternalID: 18,
      PatientStatusCode: 'I',
      IsDeleted: 1,
      DeletedAt: formatDateTime(today - 33, 700, '123'),
    },
    { InternalID: 19, ...unidentified },
    {
      InternalID: 20,
      IHI: '8003608166690504',
      IHIStatusCode: 'active',
      IHIRecordStatusCode: 'unverified',
    },
    { InternalID: 21, MedicareNo: '2123456781', MedicareLineNo: 1 },
  ];
}

function unusualNames(today: Day): Patient[] {
  const twin = {
    Firstname: 'Ella',
    Surname: 'Tan',
    DOB: formatDay(today - 2500),
    SexCode: 'F',
  } as const;
  return [
    { InternalID: 22, Firstname: 'Zoë', Surname: 'Nguyễn' },
    { InternalID: 23, Firstname: 'Siobhán', Surname: "O'Brien" },
    { InternalID: 24, Firstname: 'Gianluca', Surname: "D'Angelo" },
    { InternalID: 25, Firstname: 'Jürgen', Surname: 'Müller' },
    { InternalID: 26, Firstname: 'François', Surname: 'Lefèvre' },
    { InternalID: 27, Firstname: 'Łukasz', Surname: 'Wójcik' },
    { InternalID: 28, Firstname: 'Anne-Marie', Surname: 'Smith-Jones' },
    { InternalID: 29, Firstname: 'Teller', Surname: null },
    { InternalID: 30, ...nobody },
    { InternalID: 32, PreferredName: 'Sunny ☀️' },
    { InternalID: 39, ...twin },
    { InternalID: 40, ...twin },
    {
      InternalID: 43,
      Firstname: 'Wilhelmina-Alexandrina',
      Surname: 'Featherstonehaugh-Cholmondeley-Majoribanks-Wrothes',
    },
    { InternalID: 44, Firstname: '𠮷', Surname: '𠮷田' },
    { InternalID: 45, Firstname: 'Jennifer', Surname: 'Null' },
    { InternalID: 46, Firstname: ' Peter ', Surname: 'mcDONALD' },
  ];
}

function unusualPeople(today: Day): Patient[] {
  const veteran = { DOB: formatDay(today - 78 * 365), SexCode: 'M' } as const;
  return [
    { InternalID: 31, ...unreachable },
    { InternalID: 33, LanguageCode: 'vi', InterpreterRequired: 1 },
    { InternalID: 34, SexCode: 'X', GenderIdentityCode: 3, PronounCode: 'T', Title: 'Mx' },
    { InternalID: 35, DOB: formatDay(today - 55 * 365), DOBAccuracy: 'UUE' },
    { InternalID: 36, ...veteran, DVANo: 'NX144963', DVACardCode: 'G' },
    { InternalID: 37, ...veteran, DVANo: 'VX201177', DVACardCode: 'W' },
    { InternalID: 38, ...veteran, DVANo: 'QX330045', DVACardCode: 'O' },
    {
      InternalID: 41,
      Title: null,
      Firstname: 'Baby of Anna',
      Surname: 'Rossi',
      DOB: formatDay(today - 1),
      TimeOfBirth: '03:07:00',
      ...unidentified,
      RecordNo: 'P10041',
      Occupation: null,
    },
    { InternalID: 42, DOB: formatDay(today - 39_081), Surname: 'Fitzgerald' },
    { InternalID: 47, IndigenousStatusCode: 1, ClosingTheGap: 1, CountryOfBirthCode: '1101' },
    { InternalID: 48, IndigenousStatusCode: 2, ClosingTheGap: 1, CountryOfBirthCode: '1101' },
    { InternalID: 49, IndigenousStatusCode: 3, ClosingTheGap: 0, CountryOfBirthCode: '1101' },
    { InternalID: 50, HealthFund: 'Wattle Mutual', HealthFundNo: '0012345678' },
  ];
}
