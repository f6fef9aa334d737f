/** A value of a resource, and where it stands (`name[0].family`). */
export interface PlacedValue {
  readonly place: string;
  readonly value: unknown;
}

/** A value that did not come back as it was sent. */
export interface LostValue extends PlacedValue {
  /** Another value stands there now. */
  readonly isReplaced: boolean;
}

/** How two texts at the same place are compared. */
export interface ComparisonOptions {
  /** What absolute references to this site begin with. */
  readonly baseUrl: string;
  /**
   * Elements by their path without indexes (`name.text`) that may differ: they are made of others. Not so where the
   * whole item of a list is gone.
   */
  readonly ignored: ReadonlySet<string>;
}

/** Members that the server writes, or that only repeat what another member says. */
const NEVER_COMPARED = new Set(['id', 'meta', 'text', 'resourceType', 'language']);

/** Members of `meta` that are the caller's. */
const LABELS = ['tag', 'security'];

const NOTHING: ReadonlySet<string> = new Set();

type Members = Readonly<Record<string, unknown>>;

/**
 * What a caller asked to be stored and that the stored resource does not show. Nobody's data may vanish without a word:
 * what is lost here is refused. Items of a list may stand in another order; each counts once.
 *
 * @param submitted the resource as it came
 * @param stored the resource as it is read back
 * @returns every lost value, in the order in which they stand in `submitted`
 */
export function findLostElements(
  submitted: Members,
  stored: Members,
  options: ComparisonOptions,
): LostValue[] {
  const lost: LostValue[] = [];
  for (const [name, value] of Object.entries(submitted)) {
    if (NEVER_COMPARED.has(name)) continue;
    lost.push(...compare({ place: name, value }, stored[name], options));
  }
  const [meta, own] = [submitted['meta'], stored['meta']].map((each) =>
    isMembers(each) ? each : {},
  );
  for (const name of LABELS) {
    lost.push(...compare({ place: `meta.${name}`, value: meta?.[name] }, own?.[name], options));
  }
  return lost;
}

function compare(submitted: PlacedValue, stored: unknown, options: ComparisonOptions): LostValue[] {
  const { place, value } = submitted;
  if (value === null || value === undefined || isIgnored(place, options)) return [];
  if (Array.isArray(value)) return compareLists(submitted, stored, options);
  if (!isMembers(value)) {
    const isReplaced = stored !== undefined && stored !== null;
    return isSame(value, stored, options) ? [] : [{ ...submitted, isReplaced }];
  }
  const kept = isMembers(stored) ? stored : {};
  return Object.entries(value).flatMap(([name, member]) =>
    // A display only repeats in words what the code or the reference says.
    name === 'display'
      ? []
      : compare({ place: `${place}.${name}`, value: member }, kept[name], options),
  );
}

/** Gives each submitted item the stored one that it loses least to. */
function compareLists(
  { place, value }: PlacedValue,
  stored: unknown,
  options: ComparisonOptions,
): LostValue[] {
  const left: unknown[] = Array.isArray(stored) ? [...stored] : [];
  return (value as readonly unknown[]).flatMap((item, index) => {
    const placed = { place: `${place}[${index}]`, value: item };
    let best = { at: -1, lost: compare(placed, undefined, { ...options, ignored: NOTHING }) };
    for (const [at, candidate] of left.entries()) {
      if (best.lost.length === 0) break;
      const lost = compare(placed, candidate, options);
      if (lost.length < best.lost.length) best = { at, lost };
    }
    if (best.at >= 0) left.splice(best.at, 1);
    return best.lost;
  });
}

function isIgnored(place: string, { ignored }: ComparisonOptions): boolean {
  return ignored.size > 0 && ignored.has(place.replaceAll(/\[\d+\]/g, ''));
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isNumber(value);
}

/** Numbers of parsed JSON keep their digits in an object of their own. */
function isNumber(value: unknown): value is { toString(): string } {
  return typeof value === 'object' && value !== null && 'isLosslessNumber' in value;
}

const FULL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

function isSame(submitted: unknown, stored: unknown, { baseUrl }: ComparisonOptions): boolean {
  if (typeof submitted === 'string' && typeof stored === 'string') {
    const text = submitted.startsWith(`${baseUrl}/`)
      ? submitted.slice(baseUrl.length + 1)
      : submitted;
    if (text.trim() === stored.trim()) return true;
    return (
      FULL_TIME.test(text) && FULL_TIME.test(stored) && Date.parse(text) === Date.parse(stored)
    );
  }
  if (isNumeric(submitted) && isNumeric(stored)) return Number(submitted) === Number(stored);
  return submitted === stored;
}

function isNumeric(value: unknown): boolean {
  return typeof value === 'number' || isNumber(value);
}

/** The value at a place as {@link PlacedValue} writes it. */
export function valueAt(resource: Members, place: string): unknown {
  let value: unknown = resource;
  for (const part of place.split(/\.|\[|\]\.?/)) {
    if (part === '') continue;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part))
      return undefined;
    value = (value as Members)[part];
  }
  return value;
}
