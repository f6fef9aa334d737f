/** No receiver may put a delivery off for longer at a time. */
const LONGEST_MS = 6 * 60 * 60_000;

/**
 * The wait that a `Retry-After` header asks for, in seconds or as an HTTP date; undefined when it is missing or not
 * understood.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : httpDate(text) - now;
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), LONGEST_MS);
}

/** Milliseconds since 1970 of `Sun, 06 Nov 1994 08:49:37 GMT`; all other forms are obsolete. */
function httpDate(text: string): number {
  const isDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text);
  return isDate ? Date.parse(text) : Number.NaN;
}
