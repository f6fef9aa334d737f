import {
  type Day,
  formatDateTime,
  formatDateTimeOffset,
  formatDay,
  formatTime,
  lastClockChanges,
} from '../calendar.ts';
import type { observationComponents, observations } from '../schema/observation-tables.ts';
import type { appointments, visits } from '../schema/scheduling-tables.ts';
import type { Row } from '../table.ts';

/** How many rows the tables have before: what is odd comes after them and moves no number. */
interface Before {
  readonly visits: number;
  readonly appointments: number;
  readonly observations: number;
  readonly components: number;
}

export interface OddEvents {
  readonly visits: readonly Row<typeof visits>[];
  readonly appointments: readonly Row<typeof appointments>[];
  readonly observations: readonly Row<typeof observations>[];
  readonly components: readonly Row<typeof observationComponents>[];
}

const patientID = 33;
const smallHours = 150;

/** Half past two at night when clocks are put forward (never) and back (twice), and what was deleted or refused. */
export function oddEvents(before: Before, today: Day): OddEvents {
  const { forward, back } = lastClockChanges(today);
  const [firstVisit, firstObservation] = [before.visits + 1, before.observations + 1];
  const nights = [forward, back].map((day, index) => ({ day, index }));
  return {
    visits: [
      ...nights.map(({ day, index }) => visit(firstVisit + index, day, smallHours)),
      { ...visit(firstVisit + 2, today - 40, 1110), IsDeleted: 1 },
    ],
    appointments: [deletedAppointment(before.appointments + 1, today)],
    observations: [
      ...nights.map(({ day, index }) => ({
        ...observation(firstObservation + index, 'TEMP', day, smallHours),
        VisitID: firstVisit + index,
        Value: 3840 + index * 10,
      })),
      {
        ...observation(firstObservation + 2, 'BP', today - 41, 600),
        AbsentReasonCode: 'asked-declined',
      },
    ],
    components: ['SYS', 'DIA'].map((type, index) => ({
      ComponentID: before.components + 1 + index,
      ObservationID: firstObservation + 2,
      ObservationTypeCode: type,
      Value: null,
      AbsentReasonCode: 'asked-declined',
    })),
  };
}

function visit(id: number, day: Day, start: number): Row<typeof visits> {
  return {
    VisitID: id,
    InternalID: patientID,
    PractitionerID: 1,
    LocationID: 1,
    VisitStatusCode: 'F',
    VisitClassCode: 'HH',
    ServiceTypeCode: 'GP',
    StartTime: formatDateTime(day, start),
    EndTime: formatDateTime(day, start + 20),
    ReasonText: 'Called out at night',
    UpdatedAt: formatDateTime(day, 600),
  };
}

function observation(id: number, type: string, day: Day, time: number): Row<typeof observations> {
  return {
    ObservationID: id,
    InternalID: patientID,
    ObservationTypeCode: type,
    ObservationStatusCode: 'F',
    ObservedAt: formatDateTime(day, time),
    RecordedByID: 1,
    UpdatedAt: formatDateTime(day, 600),
  };
}

function deletedAppointment(id: number, today: Day): Row<typeof appointments> {
  const day = today + 3;
  return {
    AppointmentID: id,
    InternalID: patientID,
    PractitionerID: 1,
    LocationID: 1,
    AppointmentTypeID: 1,
    AppointmentDate: formatDay(day),
    AppointmentTime: formatTime(750),
    StartTime: formatDateTime(day, 750),
    EndTime: formatDateTime(day, 765),
    AppointmentStatusCode: 1,
    Reason: 'Booked by mistake',
    BookedAt: formatDateTimeOffset(today - 1, 700),
    IsDeleted: 1,
    CreatedAt: formatDateTime(today - 1, 700),
    UpdatedAt: formatDateTime(today - 1, 710),
  };
}
