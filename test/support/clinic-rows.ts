import type { ClinicRow, ClinicRows } from './small-clinic.ts';

/** Numbers that look random and are the same in each run. */
function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const SURNAMES = [
  'Smith',
  'SMITH',
  'Šmith',
  'smithers',
  'Smíth',
  'Smyth',
  'Zzyzx',
  'Łukasz',
  'łódź',
  'Đặng',
  'Dang',
  'dänger',
  "O'Brien",
  'o’brien',
  'Ó Briain',
  'van der Berg',
  'Van Dijk',
  'Müller',
  'Mueller',
  'Nguyễn',
  'NGUYEN',
  'nguyen-Smith',
  '50%',
  '5_0',
  '[abc]',
  'a\\b',
  'Иванов',
  'ИВАНОВА',
  'Ωmega',
  'Éclair',
  'eclair',
  'Z',
  'ž',
  'Ab*c?',
  'ßtraub',
  'Ærø',
  'x^y',
  'tab-tab',
  'Øst',
  'oest',
  'Ost',
];

const TIMES = [
  // Around the end and the beginning of daylight saving in Sydney, where times occur twice or never.
  '2024-04-07T01:59:59',
  '2024-04-07T02:00:00',
  '2024-04-07T02:30:00',
  '2024-04-07T02:59:59',
  '2024-04-07T03:00:00',
  '2024-10-06T01:59:59',
  '2024-10-06T02:15:00',
  '2024-10-06T02:45:00',
  '2024-10-06T03:00:00',
  '2024-10-06T03:15:00',
  '2023-12-31T23:59:59',
  '2024-01-01T00:00:00',
  '2024-01-31T09:30:00',
  '2024-01-31T09:30:30',
  '2024-02-29T12:00:00',
  '2024-06-30T23:30:00',
];

const DAYS = [
  '2023-12-31',
  '2024-01-01',
  '2024-01-31',
  '2024-02-29',
  '2024-04-07',
  '2024-10-06',
  '1980-02-29',
  '1979-12-31',
];
const SYSTEMS = [null, 'urn:a', 'urn:b', 'http://ns.electronichealth.net.au/id/hi/ihi/1.0'];

/** Rows in which every kind of value that searches tell apart occurs, NULLs among them. */
export function clinicRows(): ClinicRows {
  const next = sequence(42);
  const oneOf = <T>(list: readonly T[]): T => list[next(list.length)] as T;
  const orNull = <T>(value: T): T | null => (next(5) === 0 ? null : value);
  const many = (count: number, make: (id: number) => ClinicRow): ClinicRow[] =>
    Array.from({ length: count }, (_, index) => make(index + 1));
  const doctors = 6;
  const people = 120;
  return {
    Doctors: many(doctors, (DoctorID) => ({ DoctorID, Surname: orNull(oneOf(SURNAMES)) })),
    People: many(people, (PersonID) => ({
      PersonID,
      ExternalCode: orNull(`E${next(9)}`),
      Surname: orNull(SURNAMES[PersonID % SURNAMES.length] ?? ''),
      Firstname: next(9) === 0 ? '' : orNull(oneOf(SURNAMES)),
      DOB: orNull(oneOf(DAYS)),
      SexCode: orNull(oneOf(['F', 'M', 'X', 'Q'])),
      IsActive: orNull(next(2) === 0),
      DiedAt: orNull(oneOf(TIMES)),
      UpdatedAt: oneOf(TIMES),
      IsDeleted: next(10) === 0,
      DoctorID: orNull(1 + next(doctors)),
    })),
    Numbers: many(150, (NumberID) => ({
      NumberID,
      PersonID: 1 + next(people),
      System: oneOf(SYSTEMS),
      Number: `N${next(12)}`,
      IsOld: next(4) === 0,
    })),
    Visits: many(200, (VisitID) => {
      const start = orNull(oneOf(TIMES));
      return {
        VisitID,
        PersonID: 1 + next(people),
        DoctorID: orNull(1 + next(doctors)),
        VisitDate: orNull(oneOf(DAYS)),
        VisitTime: orNull(oneOf(TIMES).slice(11)),
        StartAt: start,
        EndAt: orNull([oneOf(TIMES), start ?? oneOf(TIMES)].toSorted().at(-1) ?? null),
        StatusCode: orNull(oneOf(['F', 'P', 'W', 'Z'])),
        Cost: orNull(
          oneOf(['12.50', '12.45', '12.54', '12.55', '100.00', '0.00', '-3.10', '99.50', '100.49']),
        ),
        CostUnit: ['dollars', 'Dollars', 'AUD', null][VisitID % 4] ?? null,
        CostCode: ['AUD', 'aud', 'NZD', null, 'AUD'][VisitID % 5] ?? null,
      };
    }),
  };
}
