import { defineTable, rowVersion } from '../table.ts';

/** What can be measured; vital signs and social history. */
export const observationTypes = defineTable(
  'ObservationTypes',
  {
    ObservationTypeCode: 'varchar(10)',
    Name: 'nvarchar(60)',
    CategoryCode: 'char(1) references ObservationCategories(ObservationCategoryCode)',
    LoincCode: 'varchar(10) null',
    SnomedCode: 'varchar(18) null',
    Unit: 'nvarchar(20) null',
    UcumCode: 'varchar(20) null',
  },
  { primaryKey: ['ObservationTypeCode'] },
);

export const observations = defineTable(
  'Observations',
  {
    ObservationID: 'identity',
    InternalID: 'int references Patients(InternalID)',
    VisitID: 'int null references Visits(VisitID)',
    ObservationTypeCode: 'varchar(10) references ObservationTypes(ObservationTypeCode)',
    ObservationStatusCode: 'char(1) references ObservationStatuses(ObservationStatusCode)',
    ObservedAt: 'datetime null',
    Value: 'decimal(9,2) null',
    /** For types whose answers are chosen from a list, such as smoking. */
    ValueCode: 'varchar(10) null references ObservationAnswers(AnswerCode)',
    ValueText: 'nvarchar(200) null',
    AbsentReasonCode: 'varchar(20) null references AbsentReasons(AbsentReasonCode)',
    RecordedByID: 'int null references Practitioners(PractitionerID)',
    BodySiteCode: 'varchar(10) null references BodySites(BodySiteCode)',
    Comment: 'nvarchar(200) null',
    UpdatedAt: 'datetime2(7)',
    RowVersion: rowVersion,
  },
  {
    indexes: [
      ['InternalID', 'ObservedAt'],
      ['ObservationTypeCode', 'ObservedAt'],
    ],
  },
);

/** The parts of one measurement: systolic and diastolic. */
export const observationComponents = defineTable(
  'ObservationComponents',
  {
    ComponentID: 'identity',
    ObservationID: 'int references Observations(ObservationID)',
    ObservationTypeCode: 'varchar(10) references ObservationTypes(ObservationTypeCode)',
    Value: 'decimal(9,2) null',
    AbsentReasonCode: 'varchar(20) null references AbsentReasons(AbsentReasonCode)',
  },
  { unique: [['ObservationID', 'ObservationTypeCode']] },
);

/** A report that came back from a laboratory or an imaging centre. */
export const investigations = defineTable(
  'Investigations',
  {
    InvestigationID: 'identity',
    InternalID: 'int references Patients(InternalID)',
    InvestigationCode: 'varchar(10) references InvestigationCodes(InvestigationCode)',
    ObservationStatusCode: 'char(1) references ObservationStatuses(ObservationStatusCode)',
    LabNo: 'varchar(20) null',
    SpecimenCode: 'varchar(6) null references Specimens(SpecimenCode)',
    BodySiteCode: 'varchar(10) null references BodySites(BodySiteCode)',
    RequestedByID: 'int null references Practitioners(PractitionerID)',
    PerformedByOrganisationID: 'int null references Organisations(OrganisationID)',
    CollectedAt: 'datetimeoffset(0) null',
    ReportedAt: 'datetimeoffset(3) null',
    Conclusion: 'nvarchar(max) null',
    Message: 'xml_text null',
    CheckedAt: 'datetime2(0) null',
    UpdatedAt: 'datetime2(7)',
    RowVersion: rowVersion,
  },
  { indexes: [['InternalID', 'CollectedAt']] },
);

export const investigationCodes = defineTable(
  'InvestigationCodes',
  {
    InvestigationCode: 'varchar(10)',
    Name: 'nvarchar(80)',
    LoincCode: 'varchar(10) null',
    SnomedCode: 'varchar(18) null',
    CategoryCode: 'char(1) references ObservationCategories(ObservationCategoryCode)',
    /** Section of the diagnostic service: CH, HM, MB, RAD … */
    DisciplineCode: 'varchar(4) null',
  },
  { primaryKey: ['InvestigationCode'] },
);

export const resultCodes = defineTable(
  'ResultCodes',
  {
    ResultCode: 'varchar(10)',
    Name: 'nvarchar(80)',
    LoincCode: 'varchar(10) null',
    Unit: 'nvarchar(20) null',
    UcumCode: 'varchar(20) null',
  },
  { primaryKey: ['ResultCode'] },
);

/** One atom of a report. */
export const investigationResults = defineTable('InvestigationResults', {
  ResultID: 'identity',
  InvestigationID: 'int references Investigations(InvestigationID)',
  InternalID: 'int references Patients(InternalID)',
  ResultCode: 'varchar(10) references ResultCodes(ResultCode)',
  ObservationStatusCode: 'char(1) references ObservationStatuses(ObservationStatusCode)',
  Value: 'decimal(18,4) null',
  /** `<`, `>` before a value beyond the method's range. */
  Comparator: 'char(1) null',
  ValueText: 'nvarchar(200) null',
  ReferenceLow: 'decimal(18,4) null',
  ReferenceHigh: 'decimal(18,4) null',
  ReferenceText: 'nvarchar(100) null',
  AbnormalFlagCode: 'varchar(2) null references AbnormalFlags(AbnormalFlagCode)',
  AbsentReasonCode: 'varchar(20) null references AbsentReasons(AbsentReasonCode)',
  UpdatedAt: 'datetime2(7)',
});

/** From older units to those of today; more digits than any decimal of a double holds. */
export const unitConversions = defineTable(
  'UnitConversions',
  {
    ResultCode: 'varchar(10) references ResultCodes(ResultCode)',
    FromUnit: 'nvarchar(20)',
    ToUnit: 'nvarchar(20)',
    Factor: 'text_decimal(38,10)',
    LargestCount: 'text_decimal(28,0) null',
  },
  { primaryKey: ['ResultCode', 'FromUnit', 'ToUnit'] },
);

export const observationTables = [
  observationTypes,
  observations,
  observationComponents,
  investigationCodes,
  investigations,
  resultCodes,
  investigationResults,
  unitConversions,
];
