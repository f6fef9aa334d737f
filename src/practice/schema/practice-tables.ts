import { defineTable, rowVersion } from '../table.ts';

/** One row: who the practice is. */
export const practiceInfo = defineTable('PracticeInfo', {
  PracticeInfoID: 'identity',
  SiteNumber: 'bigint unique',
  PracticeName: 'nvarchar(100)',
  PracticeManagementSiteID: 'varchar(30)',
  PracticeManagementVersion: 'varchar(30)',
  OrganisationID: 'int references Organisations(OrganisationID)',
  TimeZone: 'varchar(40)',
  DatabaseGuid: 'uniqueidentifier',
  SchemaVersion: 'smallint',
  SeededOn: 'date',
  SlotsUntil: 'date',
  CreatedAt: 'datetimeoffset(7)',
});

export const organisations = defineTable(
  'Organisations',
  {
    OrganisationID: 'identity',
    Name: 'nvarchar(120)',
    OrganisationTypeCode: 'varchar(10) null references OrganisationTypes(OrganisationTypeCode)',
    HPIO: 'char(16) null',
    ABN: 'char(11) null',
    Phone: 'varchar(20) null',
    Fax: 'varchar(20) null',
    Email: 'varchar(100) null',
    Website: 'varchar(200) null',
    Address1: 'nvarchar(100) null',
    Address2: 'nvarchar(100) null',
    City: 'nvarchar(60) null',
    State: 'char(3) null',
    Postcode: 'char(4) null',
    ParentOrganisationID: 'int null references Organisations(OrganisationID)',
    IsActive: 'bit default 1 check IsActive IN (0,1)',
    UpdatedAt: 'datetime2(7)',
    RowVersion: rowVersion,
  },
  { indexes: [['Name'], ['HPIO'], ['ABN']] },
);

export const locations = defineTable(
  'Locations',
  {
    LocationID: 'identity',
    Name: 'nvarchar(100)',
    Description: 'nvarchar(200) null',
    LocationTypeCode: 'varchar(10) null references LocationTypes(LocationTypeCode)',
    PhysicalTypeCode: 'char(2) null references PhysicalTypes(PhysicalTypeCode)',
    OrganisationID: 'int null references Organisations(OrganisationID)',
    Phone: 'varchar(20) null',
    Fax: 'varchar(20) null',
    Email: 'varchar(100) null',
    Address1: 'nvarchar(100) null',
    Address2: 'nvarchar(100) null',
    City: 'nvarchar(60) null',
    State: 'char(3) null',
    Postcode: 'char(4) null',
    Latitude: 'float null',
    Longitude: 'float null',
    MinorID: 'smallint',
    IsActive: 'bit default 1 check IsActive IN (0,1)',
    UpdatedAt: 'datetime2(7)',
    RowVersion: rowVersion,
  },
  { indexes: [['Name'], ['City'], ['Postcode']] },
);

export const practitioners = defineTable(
  'Practitioners',
  {
    PractitionerID: 'identity',
    ExternalID: 'uniqueidentifier unique',
    Title: 'nvarchar(20) null',
    Firstname: 'nvarchar(50) null',
    Middlename: 'nvarchar(50) null',
    Surname: 'nvarchar(50)',
    SexCode: 'char(1) null references Sex(SexCode)',
    DOB: 'date null',
    HPII: 'char(16) null',
    AhpraNo: 'char(13) null',
    PrescriberNo: 'varchar(7) null',
    Qualifications: 'nvarchar(100) null',
    Mobile: 'varchar(20) null',
    Email: 'varchar(100) null',
    Biography: 'ntext null',
    Signature: 'image null',
    IsActive: 'bit default 1 check IsActive IN (0,1)',
    UpdatedAt: 'datetime2(7)',
    RowVersion: rowVersion,
  },
  { indexes: [['Surname', 'Firstname'], ['HPII']] },
);

/** Where and as what a practitioner works; each place has its own provider number. */
export const practitionerRoles = defineTable(
  'PractitionerRoles',
  {
    PractitionerRoleID: 'identity',
    PractitionerID: 'int references Practitioners(PractitionerID)',
    OrganisationID: 'int null references Organisations(OrganisationID)',
    LocationID: 'int null references Locations(LocationID)',
    RoleCode: 'varchar(10) null references PractitionerRoleTypes(RoleCode)',
    SpecialtyCode: 'varchar(10) null references Specialties(SpecialtyCode)',
    ProviderNo: 'char(8) null',
    Phone: 'varchar(20) null',
    Email: 'varchar(100) null',
    StartDate: 'date null',
    EndDate: 'date null',
    IsActive: 'bit default 1 check IsActive IN (0,1)',
    UpdatedAt: 'datetime2(7)',
    RowVersion: rowVersion,
  },
  { indexes: [['ProviderNo'], ['SpecialtyCode'], ['RoleCode']] },
);

export const healthcareServices = defineTable(
  'HealthcareServices',
  {
    HealthcareServiceID: 'identity',
    Name: 'nvarchar(100)',
    ServiceTypeCode: 'varchar(10) null references ServiceTypes(ServiceTypeCode)',
    OrganisationID: 'int null references Organisations(OrganisationID)',
    LocationID: 'int null references Locations(LocationID)',
    ServiceNo: 'varchar(20) null',
    Phone: 'varchar(20) null',
    Email: 'varchar(100) null',
    Comment: 'nvarchar(200) null',
    StandardFee: 'money null',
    IsActive: 'bit default 1 check IsActive IN (0,1)',
    UpdatedAt: 'datetime2(7)',
    RowVersion: rowVersion,
  },
  { indexes: [['Name'], ['ServiceTypeCode']] },
);

/** The vaccine fridge is read twice a day, as every practice that keeps vaccines must. */
export const fridgeTemperatures = defineTable('FridgeTemperatures', {
  ReadingID: 'identity',
  LoggerSequence: 'bigint unique',
  LocationID: 'int references Locations(LocationID)',
  ReadAt: 'datetimeoffset(0)',
  Celsius: 'real check Celsius BETWEEN -20 AND 40',
  ReadBy: 'nchar(4) null',
});

export const practiceTables = [
  organisations,
  practiceInfo,
  locations,
  practitioners,
  practitionerRoles,
  healthcareServices,
  fridgeTemperatures,
];
