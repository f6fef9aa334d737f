import { type Day, formatDateTime, formatDay, parseDay, weekdayOf } from './calendar.ts';
import { freeSlotDays } from './generate/appointment-rows.ts';
import type { PracticeDatabase } from './practice-database.ts';

interface SessionRow {
  readonly ScheduleID: number;
  readonly DayOfWeek: number;
  readonly StartTime: string;
  readonly EndTime: string;
  readonly SlotMinutes: number;
}

/**
 * Makes the free slots of the weeks to come from the roster, for the days that have none yet. Slots that exist, free
 * or booked, stay as they are.
 */
export function topUpSlots(database: PracticeDatabase, today: Day): void {
  const [info] = database.prepare('SELECT SlotsUntil FROM PracticeInfo').all() as {
    SlotsUntil: string;
  }[];
  const last = today + freeSlotDays;
  const first = Math.max(today, info === undefined ? today : parseDay(info.SlotsUntil) + 1);
  if (first > last) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    insertSlots(database, first, last);
    database.prepare('UPDATE PracticeInfo SET SlotsUntil = ?').run(formatDay(last));
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function insertSlots(database: PracticeDatabase, first: Day, last: Day): void {
  const sessions = database
    .prepare(
      `SELECT s.ScheduleID, s.DayOfWeek, s.StartTime, s.EndTime, s.SlotMinutes FROM Sessions s
       JOIN Schedules k ON k.ScheduleID = s.ScheduleID WHERE k.IsActive = 1 ORDER BY s.SessionID`,
    )
    .all() as SessionRow[];
  const insert = database.prepare(
    `INSERT INTO Slots (ScheduleID, StartTime, EndTime, UpdatedAt) VALUES (?, ?, ?, ?)
     ON CONFLICT (ScheduleID, StartTime) DO NOTHING`,
  );
  for (let day = first; day <= last; day += 1) {
    const made = formatDateTime(day - freeSlotDays, 300);
    for (const session of sessions) {
      if (session.DayOfWeek !== weekdayOf(day) + 1) continue;
      const end = minutesOf(session.EndTime);
      const step = session.SlotMinutes;
      for (let start = minutesOf(session.StartTime); start + step <= end; start += step) {
        insert.run(
          session.ScheduleID,
          formatDateTime(day, start),
          formatDateTime(day, start + step),
          made,
        );
      }
    }
  }
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
