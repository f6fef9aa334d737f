/** How a date, number or quantity is compared (R4 §3.1.1.4.4). */
export type Prefix = 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb' | 'ap';

const PREFIXED = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)(.*)$/s;

/** Takes the prefix off a value; without one it is `eq`. */
export function splitPrefix(text: string): { prefix: Prefix; rest: string } {
  const [, prefix, rest] = PREFIXED.exec(text) ?? [];
  return { prefix: (prefix as Prefix | undefined) ?? 'eq', rest: rest ?? text };
}
