import { type Day, formatDateTime } from '../calendar.ts';
import { Random } from '../random.ts';
import type { Appointment } from './appointment-rows.ts';
import type { Condition, Visit } from './generated-rows.ts';

const notes = [
  'S: Cough for three days, no fever.\nO: Chest clear, SpO2 98%.\nA: Viral infection.\nP: Rest, fluids, review if worse.',
  'Repeat scripts. BP stable. No new concerns.',
  'Discussed results. Recall in 12 months.',
  'Low back pain after lifting. No red flags. Physiotherapy, simple analgesia.',
  'Mental health review; mood better, sleeping well.',
  "Wound clean & dry — sutures out today. Patient's daughter present.",
];

export function visitRows(
  appointments: readonly Appointment[],
  conditionsOf: ReadonlyMap<number, readonly Condition[]>,
  today: Day,
): Visit[] {
  const random = new Random('Visits');
  const rows: Visit[] = [];
  for (const appointment of appointments) {
    const status = appointment.AppointmentStatusCode;
    if (status !== 4 && status !== 3) continue;
    const { day } = appointment;
    const start = appointment.start + random.between(0, 4);
    const problem = random.chance(0.4)
      ? conditionsOf.get(appointment.InternalID)?.find((c) => c.ConditionCode !== null)
      : undefined;
    rows.push({
      VisitID: rows.length + 1,
      InternalID: appointment.InternalID,
      PractitionerID: appointment.PractitionerID,
      LocationID: appointment.LocationID,
      AppointmentID: appointment.AppointmentID,
      VisitStatusCode: status === 3 ? 'P' : random.chance(0.003) ? 'E' : 'F',
      VisitClassCode: appointment.AppointmentTypeID === 3 ? 'VR' : 'AMB',
      ServiceTypeCode: random.chance(0.9)
        ? appointment.AppointmentTypeID === 4
          ? 'IMM'
          : 'GP'
        : null,
      StartTime: formatDateTime(day, start),
      EndTime: status === 3 ? null : formatDateTime(day, start + appointment.minutes - 3),
      ReasonCode: problem?.ConditionCode ?? null,
      ReasonText: problem === undefined ? (appointment.Reason ?? null) : null,
      ReasonConditionID: problem?.ConditionID ?? null,
      Notes: random.chance(0.8) ? random.pick(notes) : null,
      UpdatedAt: formatDateTime(day, start + appointment.minutes, random.digits(7)),
      day,
      start,
    });
  }
  for (let i = 0; i < 60; i += 1) rows.push(homeVisit(random, rows.length + 1, today));
  return rows;
}

/** Without appointment, and some written down without a time, a place or a doctor. */
function homeVisit(random: Random, id: number, today: Day): Visit {
  const day = today - random.between(1, 360);
  const isTimed = random.chance(0.8);
  return {
    VisitID: id,
    InternalID: random.between(50, 900),
    PractitionerID: random.chance(0.8) ? random.between(1, 7) : null,
    VisitStatusCode: 'F',
    VisitClassCode: 'HH',
    ServiceTypeCode: 'GP',
    StartTime: isTimed ? formatDateTime(day, 1110) : null,
    EndTime: isTimed && random.chance(0.7) ? formatDateTime(day, 1140) : null,
    ReasonText: 'Home visit',
    UpdatedAt: formatDateTime(day, 1150),
    day,
    start: 1110,
  };
}
