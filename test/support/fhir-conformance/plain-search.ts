import { evalFhirPath, type FhirPathAtom, parseFhirPath } from '@medplum/core';
import { Temporal } from 'temporal-polyfill';
import { searchParametersOf } from '../../../src/fhir/definitions/search-parameters.ts';
import type { Json } from '../fhir-validation/definition-types.ts';

/** The zone of the demo practice's clocks. */
export const ZONE = 'Australia/Sydney';

/** A range of time in milliseconds since 1970; what is open has no end there. */
export interface TimeRange {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** A token as it stands in a resource. */
export interface PlainToken {
  readonly system: string | undefined;
  readonly code: string;
}

/** Stands where an element must be and the practice has nothing: no search looks for it. */
const ABSENT = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';

function isAbsent(value: unknown): boolean {
  const codings = member(value, 'coding');
  return Array.isArray(codings) && codings.some((each) => member(each, 'system') === ABSENT);
}

/** What a resource has where a search parameter looks, by the FHIRPath of the parameter's own definition. */
export class PlainValues {
  readonly #expression: FhirPathAtom | undefined;
  readonly #values = new Map<Json, readonly unknown[]>();

  readonly #isAboutAbsence: boolean;

  constructor(type: string, parameter: string) {
    this.#isAboutAbsence = parameter === 'data-absent-reason';
    const expression = searchParametersOf(type).get(parameter)?.expression;
    if (expression === undefined) throw new Error(`${type} has no parameter ${parameter}`);
    this.#expression = parameter === '_id' ? undefined : parseFhirPath(expression);
  }

  of(resource: Json): readonly unknown[] {
    const known = this.#values.get(resource);
    if (known) return known;
    const values = this.#expression ? evalFhirPath(this.#expression, resource) : [resource['id']];
    const found = this.#isAboutAbsence ? values : values.filter((each) => !isAbsent(each));
    this.#values.set(resource, found);
    return found;
  }
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Json)[name] : undefined;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The tokens of an element that says something: a code, a flag, a Coding, a CodeableConcept, an Identifier or a ContactPoint. */
export function tokensOf(value: unknown): PlainToken[] {
  if (typeof value === 'string' || typeof value === 'boolean') {
    return [{ system: undefined, code: String(value) }];
  }
  const codings = member(value, 'coding');
  if (Array.isArray(codings)) return codings.flatMap(tokensOf);
  const code = text(member(value, 'code')) ?? text(member(value, 'value'));
  return code === undefined ? [] : [{ system: text(member(value, 'system')), code }];
}

/** `Type/id` of an element that refers. */
export function referencesOf(value: unknown): string[] {
  const reference = text(member(value, 'reference'));
  return reference === undefined || reference.startsWith('#') ? [] : [reference];
}

/** The words of a CodeableConcept. */
export function wordsOf(value: unknown): string[] {
  return textsOf(member(value, 'text'));
}

/** All texts of an element: of a string, a name without its title, an address; not what is put together of a name's parts, nor the country. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    ['use', 'type', 'period', 'extension', 'text', 'prefix', 'country'].includes(name) ||
    name.startsWith('_')
      ? []
      : textsOf(part),
  );
}

const startOfDay = (day: Temporal.PlainDate) =>
  day.toZonedDateTime(ZONE).toInstant().epochMilliseconds;

const rangesOfDays = new Map<string, { from: number; to: number }>();

/** The range of a date as it is written, to its precision; without an offset it is of the practice's zone. */
export function rangeOfText(written: string): { from: number; to: number } {
  if (written.includes('T')) {
    const from = Date.parse(written);
    return { from, to: from + (written.includes('.') ? 1 : 1000) };
  }
  const known = rangesOfDays.get(written);
  if (known) return known;
  const [year = 0, month, day] = written.split('-').map(Number);
  const first = Temporal.PlainDate.from({ year, month: month ?? 1, day: day ?? 1 });
  const ofMonth = month === undefined ? { years: 1 } : { months: 1 };
  const next = first.add(day === undefined ? ofMonth : { days: 1 });
  const range = { from: startOfDay(first), to: startOfDay(next) };
  rangesOfDays.set(written, range);
  return range;
}

/** Whether a text is a date: of `onset` and `occurrence` it may be any other text. */
export const isDate = (written: string) => /^\d{4}(?:-\d\d){0,2}(?:T|$)/.test(written);

/** The ranges of an element: a date, a time, a Period. */
export function rangesOf(value: unknown): TimeRange[] {
  const date = text(value);
  if (date !== undefined) return isDate(date) ? [rangeOfText(date)] : [];
  const [start, end] = [text(member(value, 'start')), text(member(value, 'end'))];
  if (start === undefined && end === undefined) return [];
  return [
    {
      from: start === undefined ? undefined : rangeOfText(start).from,
      to: end === undefined ? undefined : rangeOfText(end).to,
    },
  ];
}

/** The numbers of a Quantity. */
export function numbersOf(value: unknown): number[] {
  const number = member(value, 'value');
  return typeof number === 'number' ? [number] : [];
}

/** What a Quantity is measured in. */
export function unitOf(value: unknown): Readonly<Record<'unit' | 'system' | 'code', unknown>> {
  return {
    unit: member(value, 'unit'),
    system: member(value, 'system'),
    code: member(value, 'code'),
  };
}

const folded = (written: string) =>
  written
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase();

/** R4 §3.1.1.4.8: starts with it, without regard to case and accents. */
export const startsWith = (value: unknown, beginning: string): boolean =>
  textsOf(value).some((each) => folded(each).startsWith(folded(beginning)));

/** R4 §3.1.1.4.5: where the range of an element lies beside the one searched for. */
export function liesBeside(range: TimeRange, prefix: string, written: string): boolean {
  const searched = rangeOfText(written);
  const { from, to } = range;
  const isWithin =
    from !== undefined && to !== undefined && from >= searched.from && to <= searched.to;
  const endsAfter = to === undefined || to > searched.to;
  const beginsBefore = from === undefined || from < searched.from;
  switch (prefix) {
    case 'gt':
      return endsAfter;
    case 'lt':
      return beginsBefore;
    case 'ge':
      return endsAfter || isWithin;
    case 'le':
      return beginsBefore || isWithin;
    default:
      return isWithin;
  }
}
