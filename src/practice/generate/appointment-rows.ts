import {
  type Day,
  formatDateTime,
  formatDateTimeOffset,
  formatDay,
  formatTime,
  parseDay,
} from '../calendar.ts';
import { Random } from '../random.ts';
import type {
  appointments,
  appointmentTypes,
  slots,
  waitingList,
} from '../schema/scheduling-tables.ts';
import type { Row } from '../table.ts';
import type { Patient } from './generated-rows.ts';
import { locationCount, practitionerCount } from './practice-rows.ts';
import { type Session, sessionsOn, slotMinutes } from './roster.ts';

export const freeSlotDays = 28;

/** How many appointments lie in which stretch of days around the day of seeding: 20,000 in all. */
const stretches = [
  { from: -365, to: -1, count: 15_200 },
  { from: 0, to: 0, count: 130 },
  { from: 1, to: freeSlotDays, count: 2_400 },
  { from: freeSlotDays + 1, to: 365, count: 2_270 },
] as const;

const types = [
  ['Standard consultation', 15, 'GP', 89.5],
  ['Long consultation', 30, 'GP', 165],
  ['Telehealth', 15, 'GP', 75],
  ['Immunisation', 15, 'IMM', 0],
  ['Health assessment', 30, 'GP', 280],
  ['Skin check', 30, 'SKIN', 120],
  ['Procedure', 30, null, null],
] as const;

export function appointmentTypeRows(): Row<typeof appointmentTypes>[] {
  return types.map(([name, minutes, service, fee], index) => ({
    AppointmentTypeID: index + 1,
    Name: name,
    DurationMinutes: minutes,
    Colour: Buffer.from([40 * index, 255 - 30 * index, 128]),
    ServiceTypeCode: service,
    Fee: fee === null ? null : Math.round(fee * 10_000),
    IsBookableOnline: index < 4 ? 1 : 0,
  }));
}

export type Appointment = Row<typeof appointments> & {
  readonly AppointmentID: number;
  readonly InternalID: number;
  readonly PractitionerID: number;
  readonly LocationID: number;
  readonly day: Day;
  readonly start: number;
  readonly minutes: number;
};

export interface Book {
  readonly slots: Row<typeof slots>[];
  readonly appointments: Appointment[];
}

const reasons = [
  'Repeat prescription',
  'Cough',
  'Check-up',
  'Blood test results',
  'Back pain',
  'Referral',
  'Flu vaccine',
  'Skin lesion',
  'Medical certificate',
  'Blood pressure',
  null,
  null,
  null,
] as const;

export function book(sessions: readonly Session[], patients: readonly Patient[], today: Day): Book {
  const random = new Random('Appointments');
  const visitors = patients.filter((patient) => patient.IsDeleted !== 1);
  const made: Book = { slots: [], appointments: [] };
  let carried = 0;
  for (const stretch of stretches) {
    const days = Array.from(
      { length: stretch.to - stretch.from + 1 },
      (_, index) => today + stretch.from + index,
    );
    let possible = days.reduce((sum, day) => sum + slotCount(sessionsOn(sessions, day)), 0);
    // What a Sunday cannot take goes to the days after it.
    let wanted = Math.min(stretch.count + carried, possible);
    carried = stretch.count + carried - wanted;
    for (const day of days) {
      for (const session of sessionsOn(sessions, day)) {
        for (let start = session.start; start < session.end; start += slotMinutes) {
          const isTaken = random.next() * possible < wanted;
          possible -= 1;
          if (!isTaken) {
            if (day >= today && day <= today + freeSlotDays)
              addSlot(made, session, day, start, 'F');
            continue;
          }
          wanted -= 1;
          const patient = visitorOn(random, visitors, day);
          const appointment = appointmentAt(random, made, session, patient, day, start, today);
          made.appointments.push(appointment);
          if (appointment.minutes > slotMinutes) {
            start += slotMinutes;
            possible -= 1;
            addSlot(made, session, day, start, appointment.AppointmentStatusCode === 6 ? 'F' : 'B');
          }
        }
      }
    }
  }
  return made;
}

function slotCount(sessions: readonly Session[]): number {
  return sessions.reduce((sum, session) => sum + (session.end - session.start) / slotMinutes, 0);
}

function addSlot(made: Book, session: Session, day: Day, start: number, status: 'F' | 'B'): number {
  made.slots.push({
    SlotID: made.slots.length + 1,
    ScheduleID: session.scheduleID,
    StartTime: formatDateTime(day, start),
    EndTime: formatDateTime(day, start + slotMinutes),
    SlotStatusCode: status,
    AppointmentTypeID: null,
    UpdatedAt: formatDateTime(day - 28, 300),
  });
  return made.slots.length;
}

/** A few patients come often; nobody comes before birth or after death. */
function visitorOn(random: Random, visitors: readonly Patient[], day: Day): Patient {
  for (;;) {
    const patient = visitors[Math.floor(random.next() ** 1.6 * visitors.length)];
    if (patient === undefined) continue;
    if (typeof patient.DOB === 'string' && parseDay(patient.DOB) > day) continue;
    if (patient.PatientStatusCode === 'D') {
      const death = patient.DeceasedDate;
      if (typeof death !== 'string' || parseDay(death) < day) continue;
    }
    return patient;
  }
}

function statusOn(random: Random, day: Day, start: number, today: Day): number {
  if (day > today) return random.chance(0.04) ? 6 : 1;
  if (day < today) return random.number({ 4: 88, 5: 5, 6: 7 });
  // The practice is shown at half past eleven.
  return start < 660 ? 4 : start < 675 ? 3 : start < 690 ? 2 : 1;
}

function appointmentAt(
  random: Random,
  made: Book,
  session: Session,
  patient: Patient,
  day: Day,
  start: number,
  today: Day,
): Appointment {
  const fits = start + 2 * slotMinutes <= session.end;
  const type = random.number({
    1: 60,
    2: fits ? 12 : 0,
    3: 10,
    4: 10,
    5: fits ? 3 : 0,
    6: fits ? 3 : 0,
    7: fits ? 2 : 0,
  });
  const minutes = types[type - 1]?.[1] ?? slotMinutes;
  const status = statusOn(random, day, start, today);
  const slot = addSlot(made, session, day, start, status === 6 ? 'F' : 'B');
  const booked = Math.min(day, today) - random.between(0, 20);
  const bookedTime = random.between(480, 1080);
  return {
    AppointmentID: made.appointments.length + 1,
    InternalID: Number(patient.InternalID),
    PractitionerID: session.practitionerID,
    LocationID: session.locationID,
    SlotID: slot,
    AppointmentTypeID: type,
    AppointmentDate: formatDay(day),
    AppointmentTime: formatTime(start),
    StartTime: formatDateTime(day, start),
    EndTime: formatDateTime(day, start + minutes),
    AppointmentStatusCode: status,
    Reason: random.pick(reasons),
    Comment: random.chance(0.05) ? 'Please ring if running late' : null,
    Urgent: random.chance(0.04) ? 1 : 0,
    BookedAt: random.chance(0.9) ? formatDateTimeOffset(booked, bookedTime) : null,
    ArrivedAt:
      status >= 2 && status <= 4 ? formatDateTime(day, start - random.between(0, 12)) : null,
    CancelledAt: status === 6 ? formatDateTime(Math.min(day, today) - 1, 700) : null,
    CancellationReason: status === 6 && random.chance(0.5) ? 'Patient unwell' : null,
    CreatedAt: formatDateTime(booked, bookedTime, random.digits(3)),
    UpdatedAt: formatDateTime(
      Math.min(day, today),
      Math.min(start + minutes, 690),
      random.digits(7),
    ),
    day,
    start,
    minutes,
  };
}

export function waitingListRows(
  patients: readonly Patient[],
  today: Day,
): Row<typeof waitingList>[] {
  const random = new Random('WaitingList');
  return Array.from({ length: 40 }, (_, index) => {
    const asked = today - random.between(0, 20);
    const earliest = today + random.between(0, 5);
    return {
      WaitingListID: index + 1,
      InternalID: random.pick(patients).InternalID ?? 1,
      PractitionerID: random.chance(0.7) ? random.between(1, practitionerCount - 3) : null,
      LocationID: random.chance(0.5) ? random.between(1, locationCount) : null,
      AppointmentTypeID: random.chance(0.9) ? random.between(1, 6) : null,
      RequestedAt: formatDateTimeOffset(asked, random.between(480, 1060), random.digits(3)),
      EarliestDate: random.chance(0.8) ? formatDay(earliest) : null,
      LatestDate: random.chance(0.6) ? formatDay(earliest + random.between(3, 30)) : null,
      PreferredTime: random.chance(0.4) ? formatTime(random.pick([540, 600, 840, 960])) : null,
      Priority: random.between(1, 9),
      WaitingStatusCode: random.code({ W: 80, B: 12, R: 8 }),
      Reason: random.pick(reasons),
      UpdatedAt: formatDateTime(asked, 1070),
    };
  });
}
