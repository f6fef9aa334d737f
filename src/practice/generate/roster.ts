import { type Day, formatDateTime, formatDay, formatTime, weekdayOf } from '../calendar.ts';
import type { schedules, sessions } from '../schema/scheduling-tables.ts';
import type { Row } from '../table.ts';
import { locationsOf, practitionerCount } from './practice-rows.ts';

export const slotMinutes = 15;

/** A stretch of a practitioner's week at one place. */
export interface Session {
  readonly scheduleID: number;
  readonly practitionerID: number;
  readonly locationID: number;
  readonly weekday: number;
  readonly start: number;
  readonly end: number;
}

const mornings = [540, 720] as const;
const afternoons = [810, 1020] as const;

export interface Roster {
  readonly schedules: readonly Row<typeof schedules>[];
  readonly sessions: readonly Session[];
}

/** Weekdays at the main surgery, Wednesdays elsewhere for those who have a second place, some Saturdays. */
export function roster(today: Day): Roster {
  const books: Row<typeof schedules>[] = [];
  const stretches: Session[] = [];
  for (let practitioner = 1; practitioner <= practitionerCount; practitioner += 1) {
    // Number 8 has left the practice: his book stays, without sessions.
    const hasLeft = practitioner === 8;
    const places = locationsOf(practitioner);
    for (const location of places) {
      const scheduleID = books.length + 1;
      books.push({
        ScheduleID: scheduleID,
        PractitionerID: practitioner,
        LocationID: location,
        HealthcareServiceID: practitioner > 8 ? 2 : 1,
        StartDate: formatDay(today - 365),
        EndDate: hasLeft ? formatDay(today - 30) : null,
        Comment: practitioner === 3 ? 'No new patients' : null,
        IsActive: hasLeft ? 0 : 1,
        UpdatedAt: formatDateTime(today - 200, 480),
      });
      for (let weekday = 1; weekday <= 6; weekday += 1) {
        const place = weekday === 3 ? places.at(-1) : places[0];
        if (hasLeft || place !== location || (weekday === 6 && practitioner % 3 !== 0)) continue;
        for (const [start, end] of weekday === 6 ? [mornings] : [mornings, afternoons]) {
          stretches.push({
            scheduleID,
            practitionerID: practitioner,
            locationID: location,
            weekday,
            start,
            end,
          });
        }
      }
    }
  }
  return { schedules: books, sessions: stretches };
}

export function sessionRows(stretches: readonly Session[]): Row<typeof sessions>[] {
  return stretches.map((session, index) => ({
    SessionID: index + 1,
    ScheduleID: session.scheduleID,
    DayOfWeek: session.weekday + 1,
    StartTime: formatTime(session.start),
    EndTime: formatTime(session.end),
    SlotMinutes: slotMinutes,
  }));
}

/** Sessions of one day, in order of the roster. */
export function sessionsOn(stretches: readonly Session[], day: Day): readonly Session[] {
  const weekday = weekdayOf(day);
  return stretches.filter((session) => session.weekday === weekday);
}
