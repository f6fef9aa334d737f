import { type Day, formatDateTime, formatDateTimeOffset, formatDay } from '../calendar.ts';
import { businessNumber, healthIdentifier, providerNumber } from '../identifiers.ts';
import { Random } from '../random.ts';
import type {
  fridgeTemperatures,
  healthcareServices,
  locations,
  organisations,
  practitionerRoles,
  practitioners,
} from '../schema/practice-tables.ts';
import type { Row } from '../table.ts';
import { landline } from './contact-points.ts';

export const practitionerCount = 10;
export const locationCount = 3;

const organisationNames: readonly (readonly [type: string, name: string])[] = [
  ['GP', 'Wattle Street Family Practice'],
  ['LAB', 'Southern Cross Pathology'],
  ['LAB', 'Harbourside Pathology Services'],
  ['RAD', 'Inner West Imaging'],
  ['HOSP', "St Brigid's Public Hospital"],
  ['SPEC', 'Banksia Specialist Rooms'],
  ['PHARM', 'Jacaranda Pharmacy'],
];

export function organisationRows(today: Day): Row<typeof organisations>[] {
  const random = new Random('Organisations');
  return organisationNames.map(([type, name], index) => ({
    OrganisationID: index + 1,
    Name: name,
    OrganisationTypeCode: type,
    HPIO: healthIdentifier('800362', random.digits(9)),
    ABN: businessNumber(random.digits(9)),
    Phone: landline(random),
    Fax: index < 4 ? landline(random) : null,
    Email: index === 6 ? null : `reception${index}@example.com`,
    Website: index === 0 ? 'https://www.example.com/' : null,
    Address1: `${random.between(1, 200)} Wattle Street`,
    City: 'Marrickville',
    State: 'NSW',
    Postcode: '2204',
    ParentOrganisationID: null,
    UpdatedAt: formatDateTime(today - 400, 480),
  }));
}

const places = [
  ['Marrickville Surgery', 'Marrickville', '2204', -33.9111, 151.1553],
  ['Newtown Surgery', 'Newtown', '2042', -33.8981, 151.1748],
  ['Tempe Outreach Clinic', 'Tempe', '2044', -33.9235, 151.1606],
] as const;

export function locationRows(today: Day): Row<typeof locations>[] {
  const random = new Random('Locations');
  return places.map(([name, city, postcode, latitude, longitude], index) => ({
    LocationID: index + 1,
    Name: name,
    Description: index === 2 ? null : 'Wheelchair access from the car park',
    LocationTypeCode: index === 2 ? 'OUTREACH' : 'CLINIC',
    PhysicalTypeCode: index === 2 ? 'ro' : 'bu',
    OrganisationID: 1,
    Phone: landline(random),
    Fax: index === 2 ? null : landline(random),
    Email: `location${index + 1}@example.com`,
    Address1: `${random.between(1, 300)} Wattle Street`,
    Address2: index === 1 ? 'Level 2' : null,
    City: city,
    State: 'NSW',
    Postcode: postcode,
    Latitude: latitude,
    Longitude: longitude,
    MinorID: index + 1,
    UpdatedAt: formatDateTime(today - 390, 500),
  }));
}

const people = [
  ['Dr', 'Helen', 'Papadopoulos', 'F', 'GP'],
  ['Dr', 'Arjun', 'Patel', 'M', 'GP'],
  ['Dr', 'Siobhán', "O'Connor", 'F', 'GP'],
  ['Dr', 'Łukasz', 'Kowalczyk', 'M', 'GP'],
  ['Dr', 'Thảo', 'Nguyễn', 'F', 'GP'],
  ['Dr', 'François', 'Lefèvre', 'M', 'GP'],
  ['Dr', 'Kirra', 'Bonner', 'F', 'REG'],
  ['Dr', null, 'Sukarno', 'M', 'LOCUM'],
  ['Ms', 'Margaret', 'Smith-Jones', 'F', 'RN'],
  ['Mr', 'Omar', 'Haddad', 'M', 'RN'],
] as const;

export function practitionerRows(today: Day): Row<typeof practitioners>[] {
  const random = new Random('Practitioners');
  return people.map(([title, firstname, surname, sex, role], index) => ({
    PractitionerID: index + 1,
    ExternalID: random.uuid(),
    Title: title,
    Firstname: firstname,
    Middlename: random.chance(0.4) ? 'Lee' : null,
    Surname: surname,
    SexCode: sex,
    DOB:
      index === 7 ? null : formatDay(today - random.between(28, 66) * 365 - random.between(0, 364)),
    HPII: index === 7 ? null : healthIdentifier('800361', random.digits(9)),
    AhpraNo: `${role === 'RN' ? 'NMW' : 'MED'}${random.digits(10)}`,
    PrescriberNo: role === 'RN' ? null : random.digits(7),
    Qualifications: role === 'RN' ? 'RN, BN' : 'MBBS, FRACGP',
    Mobile: '0491570156',
    Email: `practitioner${index + 1}@example.com`,
    Biography:
      index < 6 ? `Works here since ${2004 + index}.\nInterested in preventive care.` : null,
    Signature: null,
    IsActive: index === 7 ? 0 : 1,
    UpdatedAt: formatDateTime(today - 300 + index, 540, '1234567'),
  }));
}

/** Everyone at the main surgery; the even ones at a second place as well. */
export function practitionerRoleRows(today: Day): Row<typeof practitionerRoles>[] {
  const random = new Random('PractitionerRoles');
  const rows: Row<typeof practitionerRoles>[] = [];
  for (const [index, person] of people.entries()) {
    const isNurse = person[4] === 'RN';
    const stem = random.digits(6);
    for (const location of locationsOf(index + 1)) {
      rows.push({
        PractitionerRoleID: rows.length + 1,
        PractitionerID: index + 1,
        OrganisationID: 1,
        LocationID: location,
        RoleCode: person[4],
        SpecialtyCode: index === 7 ? null : isNurse ? 'NURS' : 'GP',
        ProviderNo: isNurse ? null : providerNumber(stem, location + random.between(0, 20)),
        Phone: landline(random),
        Email: index === 7 ? null : `practitioner${index + 1}@example.com`,
        StartDate: formatDay(today - random.between(400, 4000)),
        EndDate: index === 7 ? formatDay(today - 30) : null,
        IsActive: index === 7 ? 0 : 1,
        UpdatedAt: formatDateTime(today - 290 + index, 550),
      });
    }
  }
  return rows;
}

export function locationsOf(practitioner: number): readonly number[] {
  return practitioner % 2 === 0 ? [1, 2 + (practitioner % 4 === 0 ? 1 : 0)] : [1];
}

const services = [
  ['General practice', 'GP', 1, 89.5],
  ['Immunisation clinic', 'IMM', 1, 0],
  ['Skin check clinic', 'SKIN', 2, 120],
  ['Diabetes care', 'DIAB', 1, 75.25],
  ['Counselling', 'COUNS', 2, 165],
  ['Physiotherapy', 'PHYSIO', 3, 98.4],
  ['After-hours telephone line', null, null, null],
] as const;

export function healthcareServiceRows(today: Day): Row<typeof healthcareServices>[] {
  const random = new Random('HealthcareServices');
  return services.map(([name, type, location, fee], index) => ({
    HealthcareServiceID: index + 1,
    Name: name,
    ServiceTypeCode: type,
    OrganisationID: 1,
    LocationID: location,
    ServiceNo: `HS${String(index + 1).padStart(4, '0')}`,
    Phone: index === 5 ? null : landline(random),
    Email: index < 3 ? `service${index + 1}@example.com` : null,
    Comment: index === 1 ? 'Walk in on Thursdays' : null,
    StandardFee: fee === null ? null : Math.round(fee * 10_000),
    IsActive: 1,
    UpdatedAt: formatDateTime(today - 250 + index, 555),
  }));
}

export function fridgeTemperatureRows(today: Day): Row<typeof fridgeTemperatures>[] {
  const random = new Random('FridgeTemperatures');
  const rows: Row<typeof fridgeTemperatures>[] = [];
  for (let day = today - 60; day < today; day += 1) {
    for (const minutes of [495, 1020]) {
      rows.push({
        ReadingID: rows.length + 1,
        // Beyond what a double can count one by one.
        LoggerSequence: 9_007_199_254_740_993n + BigInt(rows.length),
        LocationID: 1,
        ReadAt: formatDateTimeOffset(day, minutes),
        Celsius: Math.round(random.around(4.5, 3) * 100) / 100,
        ReadBy: random.chance(0.2) ? null : random.pick(['MSJ ', 'OH  ']),
      });
    }
  }
  return rows;
}
