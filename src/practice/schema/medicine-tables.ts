import { defineTable, rowVersion } from '../table.ts';

export const drugs = defineTable(
  'Drugs',
  {
    DrugID: 'identity',
    ProductName: 'nvarchar(80) null',
    GenericName: 'nvarchar(80)',
    Strength: 'nvarchar(40) null',
    Form: 'nvarchar(40) null',
    PbsCode: 'varchar(6) null',
    AmtCode: 'varchar(18) null',
    AtcCode: 'varchar(7) null',
    PackSize: 'smallint null',
    MaxRepeats: 'tinyint null',
    /** Schedule of the Poisons Standard. */
    Schedule: 'char(2) null',
    DispensedPrice: 'money null',
    IsActive: 'bit default 1 check IsActive IN (0,1)',
    UpdatedAt: 'datetime2(7)',
    RowVersion: rowVersion,
  },
  { indexes: [['GenericName'], ['ProductName'], ['PbsCode']] },
);

/** What the patient takes, whoever ordered it. */
export const medications = defineTable(
  'Medications',
  {
    MedicationID: 'identity',
    InternalID: 'int references Patients(InternalID)',
    DrugID: 'int null references Drugs(DrugID)',
    DrugText: 'nvarchar(200) null',
    Dosage: 'nvarchar(200) null',
    MedicationStatusCode: 'char(1) references MedicationStatuses(MedicationStatusCode)',
    StartDate: 'date null',
    EndDate: 'date null',
    AssertedDate: 'datetime null',
    IsLongTerm: 'bit default 0 check IsLongTerm IN (0,1)',
    ReasonCode: 'varchar(6) null references ConditionCodes(ConditionCode)',
    ReasonText: 'nvarchar(120) null',
    ReasonConditionID: 'int null references Conditions(ConditionID)',
    RecordedByID: 'int null references Practitioners(PractitionerID)',
    Notes: 'nvarchar(max) null',
    UpdatedAt: 'datetime2(7)',
    RowVersion: rowVersion,
  },
  { indexes: [['StartDate']] },
);

export const prescriptions = defineTable(
  'Prescriptions',
  {
    PrescriptionID: 'identity',
    ScriptGuid: 'uniqueidentifier null',
    InternalID: 'int references Patients(InternalID)',
    MedicationID: 'int null references Medications(MedicationID)',
    DrugID: 'int null references Drugs(DrugID)',
    DrugText: 'nvarchar(200) null',
    Dosage: 'nvarchar(200) null',
    Quantity: 'decimal(10,2) null',
    Repeats: 'tinyint null',
    AuthorityNo: 'varchar(12) null',
    IntentCode: 'char(1) references PrescriptionIntents(IntentCode)',
    PrescriptionStatusCode: 'char(1) references PrescriptionStatuses(PrescriptionStatusCode)',
    PrescribedAt: 'datetime null',
    PrescriberID: 'int null references Practitioners(PractitionerID)',
    VisitID: 'int null references Visits(VisitID)',
    ReasonText: 'nvarchar(120) null',
    ReasonConditionID: 'int null references Conditions(ConditionID)',
    IsPbs: 'bit default 1 check IsPbs IN (0,1)',
    PatientContribution: 'money null',
    UpdatedAt: 'datetime2(7)',
    RowVersion: rowVersion,
  },
  { indexes: [['InternalID', 'PrescribedAt']] },
);

export const invoices = defineTable(
  'Invoices',
  {
    InvoiceID: 'identity',
    InternalID: 'int references Patients(InternalID)',
    VisitID: 'int null references Visits(VisitID)',
    PractitionerID: 'int references Practitioners(PractitionerID)',
    InvoiceDate: 'datetime',
    BillTo: "char(1) check BillTo IN ('M','D','P')",
    Total: 'money check Total >= 0',
    Gst: 'decimal(10,2) default 0',
    PaidAmount: 'money default 0',
    PaidAt: 'smalldatetime null',
    ClaimID: 'bigint null',
  },
  { indexes: [['InvoiceDate']] },
);

export const invoiceItems = defineTable('InvoiceItems', {
  InvoiceItemID: 'identity',
  InvoiceID: 'int references Invoices(InvoiceID)',
  /** Item of the Medicare Benefits Schedule. */
  MbsItem: 'varchar(6)',
  Description: 'nvarchar(100) null',
  Quantity: 'smallint default 1',
  Fee: 'money',
  Rebate: 'smallmoney null',
  DiscountRate: 'numeric(6,4) null',
});

export const medicineTables = [drugs, medications, prescriptions, invoices, invoiceItems];
