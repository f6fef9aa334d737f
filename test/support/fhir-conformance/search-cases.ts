import { Temporal } from 'temporal-polyfill';
import { BASE_URL } from '../fhir-bed.ts';
import type { Json } from '../fhir-validation/definition-types.ts';
import type { DemoBed } from './demo-bed.ts';
import {
  isDate,
  liesBeside,
  numbersOf,
  PlainValues,
  rangeOfText,
  rangesOf,
  referencesOf,
  startsWith,
  textsOf,
  tokensOf,
  unitOf,
  wordsOf,
  ZONE,
} from './plain-search.ts';
import { CHAINS, kindOf, systemOf } from './search-table.ts';

/** One way to say what is searched for, and what it finds. */
export interface Criterion {
  /** Values of the parameter; several stand in one query and must all hold. */
  readonly values: readonly string[];
  /** Whether an element fulfils the value at the index. Another element may fulfil the next one. */
  readonly matches: (value: unknown, index: number) => boolean;
  /** What follows the parameter's name. */
  readonly modifier?: string;
}

const escaped = (text: string) => text.replaceAll(/[\\,|$]/g, String.raw`\$&`);

/** The demo's resources, where searches take their values from. */
export class SearchCases {
  readonly #bed: DemoBed;
  readonly #values = new Map<string, PlainValues>();
  readonly #lists = new Map<string, readonly string[]>();

  constructor(bed: DemoBed) {
    this.#bed = bed;
  }

  /** What a resource has where the parameter looks. */
  valuesOf(type: string, parameter: string, resource: Json): readonly unknown[] {
    const name = `${type}.${parameter}`;
    const values = this.#values.get(name) ?? new PlainValues(type, parameter);
    this.#values.set(name, values);
    return values.of(resource);
  }

  /** Whether any resource has something where the parameter looks. */
  isRecorded(type: string, parameter: string): boolean {
    return this.#bed.all(type).some((each) => this.valuesOf(type, parameter, each).length > 0);
  }

  /** Ids of the resources that fulfil the criteria, by looking at each. */
  find(type: string, criteria: readonly (readonly [parameter: string, Criterion])[]): string[] {
    return this.#bed
      .all(type)
      .filter((resource) =>
        criteria.every(([parameter, { values, matches }]) => {
          const elements = this.valuesOf(type, parameter, resource);
          return values.every((_, index) => elements.some((each) => matches(each, index)));
        }),
      )
      .map(({ id }) => String(id));
  }

  #listed(name: string, make: () => readonly string[]): readonly string[] {
    const list = this.#lists.get(name) ?? make();
    this.#lists.set(name, list);
    return list;
  }

  /** All values of a kind that stand where the parameter looks, the rarest first, those that stand only once last. */
  #ranked(
    type: string,
    parameter: string,
    read: (value: unknown) => readonly string[],
  ): readonly string[] {
    return this.#listed(`${type}.${parameter} ranked`, () => this.#rank(type, parameter, read));
  }

  #rank(type: string, parameter: string, read: (value: unknown) => readonly string[]): string[] {
    const counts = new Map<string, number>();
    for (const resource of this.#bed.all(type)) {
      const values = this.valuesOf(type, parameter, resource).flatMap(read);
      for (const value of new Set(values)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const rank = (count: number) => (count === 1 ? Number.POSITIVE_INFINITY : count);
    return [...counts]
      .toSorted(([a, m], [b, n]) => rank(m) - rank(n) || (a < b ? -1 : 1))
      .map(([value]) => value);
  }

  /** A criterion of the parameter in one form, of values that the data has. */
  criterion(type: string, parameter: string, form: string): Criterion {
    switch (kindOf(type, parameter)) {
      case 'id':
        return this.#id(type, form);
      case 'reference':
        return reference(this.#ranked(type, parameter, referencesOf), form);
      case 'token':
        return token(
          this.#ranked(type, parameter, (value) =>
            tokensOf(value).map((each) => JSON.stringify(each)),
          ),
          form,
          systemOf(type, parameter) ?? undefined,
        );
      case 'date':
      case 'period':
      case 'day':
        return this.#date(type, parameter, form);
      case 'string':
        return this.#string(type, parameter, form);
      case 'quantity':
        return this.#quantity(type, parameter, form);
      case 'words':
        return this.#words(type, parameter);
    }
  }

  #id(type: string, form: string): Criterion {
    const all = this.#bed.all(type).map(({ id }) => String(id));
    const chosen = [
      all[Math.trunc(all.length / 2)] ?? '',
      ...(form === 'or' ? all.slice(0, 1) : []),
    ];
    return { values: [chosen.join()], matches: (value) => chosen.includes(String(value)) };
  }

  #date(type: string, parameter: string, form: string): Criterion {
    const written = this.#listed(`${type}.${parameter} by time`, () =>
      this.#bed
        .all(type)
        .flatMap((each) => this.valuesOf(type, parameter, each))
        .flatMap((value) => (typeof value === 'string' ? [value] : textsOf(value)))
        .filter(isDate)
        .toSorted((a, b) => rangeOfText(a).from - rangeOfText(b).from),
    );
    const at = (share: number) => written[Math.trunc((written.length - 1) * share)] ?? '';
    const write = kindOf(type, parameter) === 'day' ? dayOf : secondOf;
    const [low, middle, high] = [at(0.03), at(0.5), at(0.97)];
    switch (form) {
      case 'day':
        return date([['', dayOf(middle)]]);
      case 'and':
        return date([
          ['ge', write(middle)],
          ['lt', write(middle, 1)],
        ]);
      case 'gt':
        return date([['gt', write(high, -1)]]);
      case 'ge':
        return date([['ge', write(high)]]);
      case 'lt':
        return date([['lt', write(low, 1)]]);
      default:
        return date([['le', write(low, low.includes('T') ? 0 : 1)]]);
    }
  }

  #string(type: string, parameter: string, form: string): Criterion {
    const all = this.#ranked(type, parameter, textsOf).filter(({ length }) => length > 1);
    const text = all[0] ?? '';
    const sought = form === 'whole' ? text : text.slice(0, 3).toUpperCase();
    return { values: [escaped(sought)], matches: (value) => startsWith(value, sought) };
  }

  #words(type: string, parameter: string): Criterion {
    const [words = ''] = this.#ranked(type, parameter, wordsOf);
    const sought = words.slice(0, 4).toUpperCase();
    return {
      modifier: ':text',
      values: [escaped(sought)],
      matches: (value) => wordsOf(value).some((each) => startsWith(each, sought)),
    };
  }

  #quantity(type: string, parameter: string, form: string): Criterion {
    const all = this.#bed
      .all(type)
      .flatMap((each) => this.valuesOf(type, parameter, each))
      .filter((value) => numbersOf(value).length > 0)
      .toSorted((a, b) => numberOf(a) - numberOf(b));
    const at = (share: number) => all[Math.trunc((all.length - 1) * share)];
    if (form === 'coded' || form === 'unit') return measured(at(0.5), form);
    const bound = numberOf(at(form === 'gt' ? 0.97 : 0.03));
    const isFound = (number: number) => (form === 'gt' ? number > bound : number <= bound);
    return { values: [form + String(bound)], matches: (value) => numbersOf(value).some(isFound) };
  }

  /** Criteria for several parameters that one resource fulfils, one of the patient or the name with the most resources. */
  together(
    type: string,
    parameters: readonly string[],
    style: 'short' | 'full',
  ): (readonly [string, Criterion])[] {
    const [resource] = this.#bed
      .all(type)
      .filter((each) => parameters.every((name) => this.valuesOf(type, name, each).length > 0))
      .toSorted((a, b) => this.#siblings(type, b) - this.#siblings(type, a));
    if (!resource) throw new Error(`no ${type} has ${parameters.join(' and ')}`);
    return parameters.map((name) => [
      name,
      criterionOfValue(type, name, this.valuesOf(type, name, resource)[0], style),
    ]);
  }

  readonly #byPatient = new Map<string, Map<string, number>>();

  #siblings(type: string, resource: Json): number {
    const patientOf = (each: Json) => referencesOf(each['subject'] ?? each['patient'])[0] ?? '';
    let counts = this.#byPatient.get(type);
    if (!counts) {
      counts = new Map();
      for (const each of this.#bed.all(type)) {
        counts.set(patientOf(each), (counts.get(patientOf(each)) ?? 0) + 1);
      }
      this.#byPatient.set(type, counts);
    }
    return counts.get(patientOf(resource)) ?? 0;
  }

  /** Resources that refer to one with an identifier of the system. */
  chain(type: string, parameter: string, system: string): Criterion {
    const target = CHAINS[parameter]?.target ?? '';
    const identified = new Map<string, string>();
    for (const each of this.#bed.all(target)) {
      const identifier = ((each['identifier'] ?? []) as Json[]).find(
        (one) => one['system'] === system,
      );
      if (identifier)
        identified.set(`${target}/${String(each['id'])}`, String(identifier['value']));
    }
    const [chosen] = this.#ranked(type, parameter, referencesOf).filter((each) =>
      identified.has(each),
    );
    if (chosen === undefined) throw new Error(`no ${type} of a ${target} with ${system}`);
    const number = identified.get(chosen) ?? '';
    const isFound = (each: string) => identified.get(each) === number;
    return {
      values: [`${escaped(system)}|${escaped(number)}`],
      matches: (value) => referencesOf(value).some(isFound),
    };
  }
}

const numberOf = (value: unknown): number => numbersOf(value)[0] ?? Number.NaN;

/** Quantities with the unit of this one: as precisely as it is written by code, or at least as much by the words. */
function measured(chosen: unknown, form: 'coded' | 'unit'): Criterion {
  const [number, { unit, system, code }] = [numberOf(chosen), unitOf(chosen)];
  if (form === 'unit') {
    const written = String(unit);
    return {
      values: [`ge${number}||${escaped(written)}`],
      matches: (value) =>
        numberOf(value) >= number && Object.values(unitOf(value)).includes(written),
    };
  }
  const half = 0.5 / 10 ** (String(number).split('.')[1]?.length ?? 0);
  return {
    values: [`${number}|${escaped(String(system))}|${escaped(String(code))}`],
    matches: (value) =>
      numberOf(value) >= number - half &&
      numberOf(value) < number + half &&
      unitOf(value).system === system &&
      unitOf(value).code === code,
  };
}

function reference(ranked: readonly string[], form: string): Criterion {
  const [chosen = '', other = ''] = ranked;
  const idOf = (each: string) => each.slice(each.indexOf('/') + 1);
  if (form === 'typed' || form === 'absolute') {
    const value = form === 'typed' ? chosen : `${BASE_URL}/${chosen}`;
    return { values: [value], matches: (each) => referencesOf(each).includes(chosen) };
  }
  const ids = form === 'or' && other !== '' ? [idOf(chosen), idOf(other)] : [idOf(chosen)];
  return {
    values: [ids.join()],
    matches: (each) => referencesOf(each).some((one) => ids.includes(idOf(one))),
  };
}

function token(ranked: readonly string[], form: string, fixed: string | undefined): Criterion {
  const [chosen, other] = ranked.map(
    (each) => JSON.parse(each) as { system?: string; code: string },
  );
  const { system = fixed, code = '' } = chosen ?? {};
  if (form === 'systemCode') {
    if (system === undefined) throw new Error(`the code ${code} has no system`);
    return {
      values: [`${escaped(system)}|${escaped(code)}`],
      matches: (value) =>
        tokensOf(value).some((each) => each.code === code && (each.system ?? fixed) === system),
    };
  }
  const codes = form === 'or' ? [code, other?.code ?? 'another-code'] : [code];
  return {
    values: [codes.map(escaped).join()],
    matches: (value) => tokensOf(value).some((each) => codes.includes(each.code)),
  };
}

function date(bounds: readonly (readonly [prefix: string, written: string])[]): Criterion {
  return {
    values: bounds.map((bound) => bound.join('')),
    matches: (value, index) => {
      const [prefix = '', written = ''] = bounds[index] ?? [];
      return rangesOf(value).some((range) => liesBeside(range, prefix, written));
    },
  };
}

const zonedOf = (written: string, zone: string, days: number) =>
  Temporal.Instant.fromEpochMilliseconds(rangeOfText(written).from)
    .toZonedDateTimeISO(zone)
    .add({ days });

/** The day in the practice's zone, or days later. */
const dayOf = (written: string, days = 0) => zonedOf(written, ZONE, days).toPlainDate().toString();

/** The second, or days later, with an offset that is not the practice's. */
const secondOf = (written: string, days = 0) =>
  zonedOf(written, '+08:00', days).toString({ smallestUnit: 'second', timeZoneName: 'never' });

/** What finds the element: short as callers write it by hand, or with types, systems and seconds. */
function criterionOfValue(
  type: string,
  parameter: string,
  value: unknown,
  style: 'short' | 'full',
): Criterion {
  const kind = kindOf(type, parameter);
  const isFull = style === 'full';
  switch (kind) {
    case 'reference':
      return reference(referencesOf(value), isFull ? 'typed' : 'bare');
    case 'token': {
      const fixed = systemOf(type, parameter) ?? undefined;
      const hasSystem = isFull && systemOf(type, parameter) !== null;
      const tokens = tokensOf(value).map((each) => JSON.stringify(each));
      return token(tokens, hasSystem ? 'systemCode' : 'code', fixed);
    }
    case 'date':
    case 'period':
    case 'day': {
      const start = typeof value === 'string' ? value : (textsOf(value)[0] ?? '');
      if (kind === 'day' || !isFull) return date([['ge', dayOf(start)]]);
      return date([
        ['ge', secondOf(start)],
        ['le', secondOf(start, 1)],
      ]);
    }
    default: {
      const text = textsOf(value)[0] ?? '';
      return { values: [escaped(text)], matches: (each) => startsWith(each, text) };
    }
  }
}
