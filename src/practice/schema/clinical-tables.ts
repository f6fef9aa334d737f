import { defineTable, rowVersion } from '../table.ts';

/** The practice's list of problems: ICPC-like codes of its own beside SNOMED CT-AU. */
export const conditionCodes = defineTable(
  'ConditionCodes',
  {
    ConditionCode: 'varchar(6)',
    Term: 'nvarchar(120)',
    SnomedCode: 'varchar(18) null',
    IsChronic: 'bit',
  },
  { primaryKey: ['ConditionCode'], indexes: [['Term'], ['SnomedCode']] },
);

export const conditions = defineTable(
  'Conditions',
  {
    ConditionID: 'identity',
    InternalID: 'int references Patients(InternalID)',
    ConditionCode: 'varchar(6) null references ConditionCodes(ConditionCode)',
    ConditionText: 'nvarchar(200) null',
    CategoryCode: 'char(1) references ConditionCategories(CategoryCode)',
    SeverityCode: 'tinyint null references Severities(SeverityCode)',
    BodySiteCode: 'varchar(10) null references BodySites(BodySiteCode)',
    ClinicalStatusCode: 'char(1) null references ClinicalStatuses(ClinicalStatusCode)',
    VerificationStatusCode: 'char(1) null references VerificationStatuses(VerificationStatusCode)',
    OnsetDate: 'date null',
    OnsetText: 'nvarchar(60) null',
    AbatementDate: 'date null',
    RecordedDate: 'date null',
    RecordedByID: 'int null references Practitioners(PractitionerID)',
    Notes: 'nvarchar(max) null',
    IsConfidential: 'bit default 0 check IsConfidential IN (0,1)',
    IsDeleted: 'bit default 0 check IsDeleted IN (0,1)',
    CreatedAt: 'datetime',
    UpdatedAt: 'datetime2(7)',
    RowVersion: rowVersion,
  },
  { indexes: [['ConditionCode'], ['OnsetDate']] },
);

export const allergens = defineTable(
  'Allergens',
  {
    AllergenID: 'identity',
    Name: 'nvarchar(80)',
    SnomedCode: 'varchar(18) null',
    AllergyCategoryCode: 'char(1) references AllergyCategories(AllergyCategoryCode)',
  },
  { indexes: [['Name']] },
);

export const allergies = defineTable('Allergies', {
  AllergyID: 'identity',
  InternalID: 'int references Patients(InternalID)',
  AllergenID: 'int null references Allergens(AllergenID)',
  SubstanceText: 'nvarchar(120) null',
  AllergyTypeCode: 'char(1) null references AllergyTypes(AllergyTypeCode)',
  CriticalityCode: 'char(1) null references Criticalities(CriticalityCode)',
  ClinicalStatusCode: 'char(1) null references ClinicalStatuses(ClinicalStatusCode)',
  VerificationStatusCode: 'char(1) null references VerificationStatuses(VerificationStatusCode)',
  OnsetDate: 'date null',
  RecordedDate: 'date null',
  RecordedByID: 'int null references Practitioners(PractitionerID)',
  Notes: 'nvarchar(max) null',
  IsDeleted: 'bit default 0 check IsDeleted IN (0,1)',
  UpdatedAt: 'datetime2(7)',
  RowVersion: rowVersion,
});

export const allergyReactions = defineTable('AllergyReactions', {
  ReactionID: 'identity',
  AllergyID: 'int references Allergies(AllergyID)',
  ManifestationCode: 'varchar(10) null references Manifestations(ManifestationCode)',
  ManifestationText: 'nvarchar(120) null',
  SeverityCode: 'tinyint null references Severities(SeverityCode)',
  OnsetDate: 'date null',
});

export const vaccines = defineTable('Vaccines', {
  VaccineID: 'identity',
  Name: 'nvarchar(80)',
  Disease: 'nvarchar(120) null',
  AirCode: 'varchar(7) null',
  AmtCode: 'varchar(18) null',
  Manufacturer: 'nvarchar(60) null',
});

export const immunisations = defineTable(
  'Immunisations',
  {
    ImmunisationID: 'identity',
    InternalID: 'int references Patients(InternalID)',
    VaccineID: 'int null references Vaccines(VaccineID)',
    VaccineText: 'nvarchar(120) null',
    ImmunisationStatusCode: 'char(1) references ImmunisationStatuses(ImmunisationStatusCode)',
    StatusReason: 'nvarchar(100) null',
    GivenDate: 'date null',
    GivenText: 'nvarchar(60) null',
    /** 0 where a record or the patient's own word is all there is. */
    IsPrimarySource: 'bit null',
    DoseNumber: 'tinyint null',
    DoseMl: 'decimal(4,2) null',
    BatchNo: 'varchar(20) null',
    BatchExpiry: 'date null',
    BodySiteCode: 'varchar(10) null references BodySites(BodySiteCode)',
    RouteCode: 'varchar(4) null references Routes(RouteCode)',
    GivenByID: 'int null references Practitioners(PractitionerID)',
    LocationID: 'int null references Locations(LocationID)',
    VisitID: 'int null references Visits(VisitID)',
    ReportedToAirAt: 'datetimeoffset(3) null',
    Notes: 'nvarchar(max) null',
    UpdatedAt: 'datetime2(7)',
    RowVersion: rowVersion,
  },
  { indexes: [['GivenDate']] },
);

export const procedureCodes = defineTable(
  'ProcedureCodes',
  {
    ProcedureCode: 'varchar(6)',
    Term: 'nvarchar(120)',
    SnomedCode: 'varchar(18) null',
  },
  { primaryKey: ['ProcedureCode'] },
);

export const procedures = defineTable(
  'Procedures',
  {
    ProcedureID: 'identity',
    InternalID: 'int references Patients(InternalID)',
    VisitID: 'int null references Visits(VisitID)',
    ProcedureCode: 'varchar(6) null references ProcedureCodes(ProcedureCode)',
    ProcedureText: 'nvarchar(120) null',
    ProcedureStatusCode: 'char(1) references ProcedureStatuses(ProcedureStatusCode)',
    PerformedDate: 'date null',
    PerformedStart: 'datetime null',
    PerformedEnd: 'datetime null',
    PerformedByID: 'int null references Practitioners(PractitionerID)',
    BodySiteCode: 'varchar(10) null references BodySites(BodySiteCode)',
    ReasonText: 'nvarchar(200) null',
    ReasonConditionID: 'int null references Conditions(ConditionID)',
    Notes: 'nvarchar(max) null',
    UpdatedAt: 'datetime2(7)',
    RowVersion: rowVersion,
  },
  { indexes: [['PerformedDate'], ['ProcedureCode']] },
);

export const clinicalTables = [
  conditionCodes,
  conditions,
  allergens,
  allergies,
  allergyReactions,
  vaccines,
  procedureCodes,
];
