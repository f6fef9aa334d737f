import { fhirProblem } from '../../outcome/fhir-problem.ts';
import { parseParameterName, readDateValue } from '../../search/index.ts';
import type { ServiceContext } from '../../service-context.ts';
import { siteZone } from '../../values/site-zone.ts';
import { type OperationInput, readResultCount } from '../operation-input.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const MAX_WINDOW_DAYS = 62;
const MAX_DURATION_MINUTES = 24 * 60;

/** What is looked for. Times are milliseconds since 1970. */
export interface FreeTimeRequest {
  /** Nothing begins before. */
  readonly fromMs: number;
  /** Everything has ended by then. */
  readonly toMs: number;
  /** Left out: any slot will do. */
  readonly durationMs?: number;
  readonly count: number;
}

function readTime(
  name: 'start' | 'end',
  input: OperationInput,
  { timeZone, now }: ServiceContext,
): number {
  const text = input.value(name)?.trim();
  if (text === undefined) {
    throw fhirProblem('invalidParameter', `${name} is missing`, `http.${name}`);
  }
  const bound = dateBound(name, text, { zone: siteZone(timeZone), now: now() });
  if (bound !== undefined) return bound;
  throw fhirProblem(
    'invalidParameter',
    `${name} is no time: write 2024-01-31T09:30:00+10:00, or 2024-01-31 for the whole day`,
    `http.${name}`,
  );
}

/** The moment that a text means. A day as the end is meant as a whole; undefined for what is no time. */
function dateBound(
  name: 'start' | 'end',
  text: string,
  options: Parameters<typeof readDateValue>[2],
): number | undefined {
  // A day or a time of day: a month is no window's end, and prefixes belong to searches.
  if (!/^\d{4}-\d\d-\d\d(?:T|$)/.test(text)) return undefined;
  try {
    const { low, high } = readDateValue(parseParameterName(name), text, options);
    return (name === 'end' && !text.includes('T') ? high : low)?.instantMs;
  } catch {
    return undefined;
  }
}

function readDuration(input: OperationInput): number | undefined {
  const text = input.value('duration')?.trim();
  if (text === undefined) return undefined;
  const [, digits, unit] = /^(\d{1,5})(?:\.0+)?(?: ?(min|h))?$/.exec(text) ?? [];
  const minutes = Number(digits) * (unit === 'h' ? 60 : 1);
  if (minutes >= 1 && minutes <= MAX_DURATION_MINUTES) return minutes * MINUTE_MS;
  throw fhirProblem(
    'invalidParameter',
    `duration is a number of minutes from 1 to ${MAX_DURATION_MINUTES}`,
    'http.duration',
  );
}

/**
 * Reads `start`, `end`, `duration` and `_count`.
 *
 * @throws FhirProblem `invalidParameter` that names the parameter, `tooCostly` for a window that is too long
 */
export function readFreeTimeRequest(
  input: OperationInput,
  context: ServiceContext,
): FreeTimeRequest {
  const fromMs = readTime('start', input, context);
  const toMs = readTime('end', input, context);
  if (toMs <= fromMs) {
    throw fhirProblem('invalidParameter', 'end is not after start', 'http.end');
  }
  if (toMs - fromMs > MAX_WINDOW_DAYS * DAY_MS) {
    const diagnostics = `between start and end may be at most ${MAX_WINDOW_DAYS} days`;
    throw fhirProblem('tooCostly', diagnostics, 'http.end');
  }
  const durationMs = readDuration(input);
  return {
    fromMs,
    toMs,
    ...(durationMs === undefined ? {} : { durationMs }),
    count: readResultCount(input),
  };
}
