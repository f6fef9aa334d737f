import { type Static, Type } from 'typebox';

/** A part of the week, by the clock on the practice's wall. */
export const AllowedHours = Type.Object(
  {
    days: Type.Array(
      Type.Enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], {
        description: 'The days on which it begins.',
      }),
      { minItems: 1 },
    ),
    from: Type.String({
      description:
        'When a time begins at which queries may begin, such as `08:00`. Without `allowedHours` they may at any time.',
    }),
    to: Type.String({
      description:
        'When it ends, such as `18:30`; at most `24:00`. Earlier than `from`, it is a time of the next day.',
    }),
  },
  { additionalProperties: false },
);
export type AllowedHours = Static<typeof AllowedHours>;

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const MINUTES_OF_DAY = 24 * 60;

export function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    // Offsets such as +10:00 would be taken too, and know no daylight saving.
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

/** What is wrong with hours that fit their schema, by the name of the field. */
export function hoursProblem({ from, to }: AllowedHours): string | undefined {
  const begin = minuteOf(from);
  const end = minuteOf(to);
  if (begin === undefined || begin === MINUTES_OF_DAY) {
    return 'from must be a time from 00:00 to 23:59';
  }
  if (end === undefined) return 'to must be a time from 00:00 to 24:00';
  return begin === end ? 'to must differ from from' : undefined;
}

/** Whether a moment lies in one of the hours, by the clock on a wall of the time zone. */
export function isWithinHours(
  hours: readonly AllowedHours[],
  timeZone: string,
  now: number,
): boolean {
  const { day, minute } = wallClock(timeZone, now);
  const today = DAYS[day];
  const yesterday = DAYS[(day + 6) % 7];
  return hours.some(({ days, from, to }) => {
    const begin = minuteOf(from) ?? 0;
    const end = minuteOf(to) ?? 0;
    const isToday = days.some((name) => name === today);
    if (begin < end) return isToday && minute >= begin && minute < end;
    const wasYesterday = days.some((name) => name === yesterday);
    return (isToday && minute >= begin) || (wasYesterday && minute < end);
  });
}

function minuteOf(time: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):([0-5]\d)$/.exec(time) ?? [];
  if (hours === undefined) return undefined;
  const minute = Number(hours) * 60 + Number(minutes);
  return minute <= MINUTES_OF_DAY ? minute : undefined;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(timeZone: string, now: number): { day: number; minute: number } {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  formats.set(timeZone, format);
  const parts = Object.fromEntries(
    format.formatToParts(now).map(({ type, value }) => [type, value]),
  );
  const weekday = (parts['weekday'] ?? '').toLowerCase();
  return {
    day: DAYS.findIndex((name) => name === weekday),
    minute: Number(parts['hour']) * 60 + Number(parts['minute']),
  };
}
