/**
 * Where two JSON values differ: a line for each place, with what stands there in either.
 *
 * @param isAlike says of two leaves that differ whether they mean the same
 */
export function jsonDifferences(
  left: unknown,
  right: unknown,
  isAlike: (left: unknown, right: unknown, path: string) => boolean = Object.is,
  path = '',
): string[] {
  if (Object.is(left, right) || isAlike(left, right, path)) return [];
  if (!isBranch(left) || !isBranch(right) || Array.isArray(left) !== Array.isArray(right)) {
    return [`${path}: ${JSON.stringify(left)} and ${JSON.stringify(right)}`];
  }
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].flatMap((name) =>
    jsonDifferences(left[name], right[name], isAlike, path === '' ? name : `${path}.${name}`),
  );
}

const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
