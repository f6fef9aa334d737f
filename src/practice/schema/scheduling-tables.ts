import { defineTable, rowVersion } from '../table.ts';

export const appointmentTypes = defineTable('AppointmentTypes', {
  AppointmentTypeID: 'identity',
  Name: 'nvarchar(60)',
  DurationMinutes: 'smallint check DurationMinutes > 0',
  Colour: 'binary(3) null',
  ServiceTypeCode: 'varchar(10) null references ServiceTypes(ServiceTypeCode)',
  Fee: 'smallmoney null',
  IsBookableOnline: 'bit default 1 check IsBookableOnline IN (0,1)',
});

/** A practitioner's book at one location. */
export const schedules = defineTable('Schedules', {
  ScheduleID: 'identity',
  PractitionerID: 'int references Practitioners(PractitionerID)',
  LocationID: 'int references Locations(LocationID)',
  HealthcareServiceID: 'int null references HealthcareServices(HealthcareServiceID)',
  StartDate: 'date null',
  EndDate: 'date null',
  Comment: 'nvarchar(200) null',
  IsActive: 'bit default 1 check IsActive IN (0,1)',
  UpdatedAt: 'datetime2(7)',
  RowVersion: rowVersion,
});

/** The weekly roster from which slots are made. */
export const sessions = defineTable(
  'Sessions',
  {
    SessionID: 'identity',
    ScheduleID: 'int references Schedules(ScheduleID)',
    /** 1 is Sunday, as in DATEPART(weekday). */
    DayOfWeek: 'tinyint check DayOfWeek BETWEEN 1 AND 7',
    StartTime: 'time(0)',
    EndTime: 'time(0)',
    SlotMinutes: 'smallint default 15',
  },
  { checks: { Times: 'StartTime < EndTime' }, unique: [['ScheduleID', 'DayOfWeek', 'StartTime']] },
);

export const slots = defineTable(
  'Slots',
  {
    SlotID: 'identity',
    ScheduleID: 'int references Schedules(ScheduleID)',
    StartTime: 'datetime',
    EndTime: 'datetime',
    SlotStatusCode: "char(1) default 'F' references SlotStatuses(SlotStatusCode)",
    AppointmentTypeID: 'int null references AppointmentTypes(AppointmentTypeID)',
    Comment: 'nvarchar(100) null',
    UpdatedAt: 'datetime2(7)',
  },
  {
    unique: [['ScheduleID', 'StartTime']],
    checks: { Times: 'StartTime < EndTime' },
    indexes: [['SlotStatusCode', 'StartTime'], ['StartTime']],
  },
);

export const appointments = defineTable(
  'Appointments',
  {
    AppointmentID: 'identity',
    InternalID: 'int null references Patients(InternalID)',
    PractitionerID: 'int references Practitioners(PractitionerID)',
    LocationID: 'int references Locations(LocationID)',
    /** The first slot it takes; appointments that were squeezed in have none. */
    SlotID: 'int null references Slots(SlotID)',
    AppointmentTypeID: 'int null references AppointmentTypes(AppointmentTypeID)',
    AppointmentDate: 'date',
    AppointmentTime: 'time(0)',
    StartTime: 'datetime',
    EndTime: 'datetime',
    AppointmentStatusCode: 'tinyint references AppointmentStatuses(AppointmentStatusCode)',
    Reason: 'nvarchar(200) null',
    Comment: 'nvarchar(max) null',
    Urgent: 'bit default 0 check Urgent IN (0,1)',
    BookedAt: 'datetimeoffset(0) null',
    ArrivedAt: 'datetime null',
    CancelledAt: 'datetime null',
    CancellationReason: 'nvarchar(100) null',
    IsDeleted: 'bit default 0 check IsDeleted IN (0,1)',
    CreatedAt: 'datetime',
    UpdatedAt: 'datetime2(7)',
    RowVersion: rowVersion,
  },
  {
    checks: { Times: 'StartTime < EndTime' },
    indexes: [
      ['AppointmentDate', 'PractitionerID'],
      ['InternalID', 'AppointmentDate'],
      ['StartTime'],
    ],
  },
);

/** No slot is booked twice: an appointment that was not cancelled owns its slot. */
export const oneAppointmentPerSlot = `CREATE UNIQUE INDEX UQ_Appointments_SlotID ON Appointments (SlotID)
  WHERE SlotID IS NOT NULL AND AppointmentStatusCode <> 6;`;

export const waitingList = defineTable(
  'WaitingList',
  {
    WaitingListID: 'identity',
    InternalID: 'int references Patients(InternalID)',
    PractitionerID: 'int null references Practitioners(PractitionerID)',
    LocationID: 'int null references Locations(LocationID)',
    AppointmentTypeID: 'int null references AppointmentTypes(AppointmentTypeID)',
    RequestedAt: 'datetimeoffset(3)',
    EarliestDate: 'date null',
    LatestDate: 'date null',
    PreferredTime: 'time(0) null',
    Priority: 'tinyint default 5',
    WaitingStatusCode: 'char(1) references WaitingStatuses(WaitingStatusCode)',
    Reason: 'nvarchar(200) null',
    UpdatedAt: 'datetime2(7)',
    RowVersion: rowVersion,
  },
  { indexes: [['WaitingStatusCode', 'RequestedAt']] },
);

export const visits = defineTable(
  'Visits',
  {
    VisitID: 'identity',
    InternalID: 'int references Patients(InternalID)',
    PractitionerID: 'int null references Practitioners(PractitionerID)',
    LocationID: 'int null references Locations(LocationID)',
    AppointmentID: 'int null references Appointments(AppointmentID)',
    VisitStatusCode: 'char(1) references VisitStatuses(VisitStatusCode)',
    VisitClassCode: 'varchar(4) references VisitClasses(VisitClassCode)',
    ServiceTypeCode: 'varchar(10) null references ServiceTypes(ServiceTypeCode)',
    StartTime: 'datetime null',
    EndTime: 'datetime null',
    ReasonCode: 'varchar(6) null references ConditionCodes(ConditionCode)',
    ReasonText: 'nvarchar(200) null',
    ReasonConditionID: 'int null references Conditions(ConditionID)',
    Notes: 'nvarchar(max) null',
    IsDeleted: 'bit default 0 check IsDeleted IN (0,1)',
    UpdatedAt: 'datetime2(7)',
    RowVersion: rowVersion,
  },
  { indexes: [['InternalID', 'StartTime'], ['StartTime']] },
);

export const schedulingTables = [
  appointmentTypes,
  schedules,
  sessions,
  slots,
  appointments,
  waitingList,
];
