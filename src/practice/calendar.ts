/** Days are counted since 1970-01-01 in the practice's own calendar; the engine never sees a zone. */
export type Day = number;

export const practiceTimeZone = 'Australia/Sydney';

const dayMs = 86_400_000;

/** The day it is at the practice at this instant. */
export function dayOf(instant: Date): Day {
  const local = new Intl.DateTimeFormat('en-CA', { timeZone: practiceTimeZone }).format(instant);
  return parseDay(local);
}

export function parseDay(text: string): Day {
  return Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / dayMs;
}

/** The same few thousand days come up again and again. */
const formattedDays = new Map<Day, string>();

export function formatDay(day: Day): string {
  const known = formattedDays.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * dayMs).toISOString().slice(0, 10);
  formattedDays.set(day, text);
  return text;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** `time` is in minutes since midnight and may run over into the next days. */
export function formatDateTime(day: Day, time: number, fraction = ''): string {
  const date = formatDay(day + Math.floor(time / 1440));
  const kept = fraction.replace(/0+$/, '');
  return `${date}T${formatTime(time % 1440)}${kept === '' ? '' : `.${kept}`}`;
}

export function formatTime(time: number): string {
  return `${two(Math.floor(time / 60))}:${two(Math.floor(time % 60))}:${two(Math.round((time % 1) * 60))}`;
}

/** With the offset that clocks in Sydney show on that day (at any time after the change in the small hours). */
export function formatDateTimeOffset(day: Day, time: number, fraction = ''): string {
  return `${formatDateTime(day, time, fraction)}+${isDaylightSaving(day) ? '11' : '10'}:00`;
}

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** The last two days before `today` on which the practice's clocks were put forward and back. */
export function lastClockChanges(today: Day): { readonly forward: Day; readonly back: Day } {
  const before = (isChange: (day: Day) => boolean) => {
    let day = today - 1;
    while (!isChange(day)) day -= 1;
    return day;
  };
  return {
    forward: before((day) => isDaylightSaving(day) && !isDaylightSaving(day - 1)),
    back: before((day) => !isDaylightSaving(day) && isDaylightSaving(day - 1)),
  };
}

function isDaylightSaving(day: Day): boolean {
  const year = formatDay(day).slice(0, 4);
  const firstSunday = (month: string) => {
    const first = parseDay(`${year}-${month}-01`);
    return first + ((7 - weekdayOf(first)) % 7);
  };
  return day < firstSunday('04') || day >= firstSunday('10');
}
