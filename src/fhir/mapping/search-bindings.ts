import { type Static, Type } from 'typebox';
import {
  type SearchParameterDefinition,
  searchParametersOf,
} from '../definitions/search-parameters.ts';
import { readConditions } from './conditions.ts';
import { didYouMean, type Place } from './problems.ts';
import { readIdentifierKind } from './read-identifier-kind.ts';
import { readReferenceKey } from './reference-key.ts';
import type { ResourceScope } from './resource-scope.ts';
import { readBySchema } from './schema-problems.ts';
import type {
  ColumnRef,
  DatePlace,
  ReferencePlace,
  SearchBinding,
  TokenPlace,
} from './system-mapping.ts';

const closed = { additionalProperties: false };
const Where = Type.Optional(Type.Array(Type.Unknown()));
const Columns = Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })]);

const FORMS = {
  string: Type.Object({ string: Columns }, closed),
  token: Type.Object(
    {
      token: Type.String(),
      system: Type.Optional(
        Type.Union([Type.String(), Type.Object({ column: Type.String() }, closed)]),
      ),
      codes: Type.Optional(Type.String()),
      identifier: Type.Optional(Type.String()),
      text: Type.Optional(Type.String()),
      where: Where,
    },
    closed,
  ),
  date: Type.Object(
    {
      date: Type.Union([
        Type.String(),
        Type.Object({ date: Type.String(), time: Type.String() }, closed),
        Type.Object({ start: Type.String(), end: Type.String() }, closed),
      ]),
    },
    closed,
  ),
  reference: Type.Object(
    {
      reference: Type.String(),
      key: Type.Array(Type.String(), { minItems: 1 }),
      where: Where,
    },
    closed,
  ),
  number: Type.Object({ number: Columns }, closed),
  quantity: Type.Object({ quantity: Columns }, closed),
  uri: Type.Object({ uri: Columns }, closed),
} as const;
type FormName = keyof typeof FORMS;
const FORM_NAMES = Object.keys(FORMS) as FormName[];

type ColumnTypes = readonly string[];
const TEXT: ColumnTypes = ['text'];
const TOKEN: ColumnTypes = ['text', 'integer', 'bit', 'guid', 'decimal'];
const DATE: ColumnTypes = ['date', 'datetime', 'datetimeoffset'];
const NUMBER: ColumnTypes = ['integer', 'decimal', 'float'];

/** What a parameter's places are read with. */
class BindingReader {
  readonly #scope: ResourceScope;
  readonly #parameter: SearchParameterDefinition;

  constructor(scope: ResourceScope, parameter: SearchParameterDefinition) {
    this.#scope = scope;
    this.#parameter = parameter;
  }

  #column(text: string, types: ColumnTypes, place: Place): ColumnRef | undefined {
    const column = this.#scope.column(text, place, 'any');
    if (column && !types.includes(column.column.type)) {
      const { name, type } = this.#parameter;
      const { sqlType } = column.column;
      place.error(`${text} is ${sqlType}, which no ${type} parameter (${name}) can look into`);
      return undefined;
    }
    return column;
  }

  #warnIfUnindexed(column: ColumnRef, place: Place): void {
    const table = this.#scope.relation(column.relation)?.table;
    const { name, type } = column.column;
    if (!table?.indexed || table.indexed.has(name) || type === 'bit') return;
    place.warn(`no index of ${table.name} begins with ${name}: searches read the whole table`);
  }

  columns(texts: string | readonly string[], types: ColumnTypes, place: Place): ColumnRef[] {
    const list = typeof texts === 'string' ? [texts] : texts;
    const columns = list.flatMap((text, index) => {
      const at = typeof texts === 'string' ? place : place.at(index);
      const column = this.#column(text, types, at);
      return column ? [column] : [];
    });
    const [first] = columns;
    if (first) this.#warnIfUnindexed(first, place);
    return columns;
  }

  /** Conditions may be on the resource's own columns and on those of the child that the place is in. */
  #where(json: readonly unknown[] | undefined, column: ColumnRef, place: Place) {
    return readConditions(json, this.#scope, place.at('where'), column.child);
  }

  #together(first: ColumnRef, other: ColumnRef | undefined, place: Place): void {
    if (!other || other.child === undefined || other.child === first.child) return;
    place.error('both columns must be in the same rows');
  }

  token(form: Static<typeof FORMS.token>, place: Place): TokenPlace[] {
    const column = this.#column(form.token, TOKEN, place.at('token'));
    const codes =
      form.codes === undefined ? undefined : this.#scope.codeTable(form.codes, place.at('codes'));
    const text =
      form.text === undefined ? undefined : this.#column(form.text, TEXT, place.at('text'));
    const system = this.#system(form, place);
    if (!column) return [];
    this.#together(column, text, place.at('text'));
    if (typeof system === 'object') this.#together(column, system, place.at('system'));
    this.#warnIfUnindexed(column, place.at('token'));
    return [
      {
        column,
        where: this.#where(form.where, column, place),
        ...(system === undefined ? {} : { system }),
        ...(codes ? { codes } : {}),
        ...(form.identifier === undefined ? {} : { identifierKind: form.identifier }),
        ...(text ? { text } : {}),
      },
    ];
  }

  #system(form: Static<typeof FORMS.token>, place: Place): string | ColumnRef | undefined {
    const given = [form.system, form.codes].filter((each) => each !== undefined);
    if (given.length > 1) place.error('the code table says the system: leave "system" out');
    if (form.identifier !== undefined) {
      const kind = readIdentifierKind(form.identifier, place.at('identifier'));
      if (kind && kind.system === undefined && form.system === undefined) {
        place.error(`identifiers of the kind "${form.identifier}" need a "system"`);
      }
      if (form.system === undefined) return kind?.system;
    }
    if (typeof form.system !== 'object') return form.system;
    return this.#column(form.system.column, TEXT, place.at('system'));
  }

  date(form: Static<typeof FORMS.date>, place: Place): DatePlace[] {
    const { date } = form;
    const at = place.at('date');
    if (typeof date === 'string') {
      return this.columns(date, DATE, at).map((column) => ({ kind: 'column', column }));
    }
    const isSplit = 'time' in date;
    const [one, other] = isSplit
      ? [
          this.#column(date.date, ['date', 'datetime'], at.at('date')),
          this.#column(date.time, ['time', 'datetime'], at.at('time')),
        ]
      : [
          this.#column(date.start, DATE, at.at('start')),
          this.#column(date.end, DATE, at.at('end')),
        ];
    if (!one || !other) return [];
    if (one.child !== other.child) at.error('both columns must be in the same rows');
    this.#warnIfUnindexed(one, at);
    return isSplit
      ? [{ kind: 'split', date: one, time: other }]
      : [{ kind: 'period', start: one, end: other }];
  }

  reference(form: Static<typeof FORMS.reference>, place: Place): ReferencePlace[] {
    const { targets, name } = this.#parameter;
    const target = form.reference;
    if (targets.length > 0 && !targets.includes(target)) {
      place
        .at('reference')
        .error(`${name} refers to ${targets.join(', ')}${didYouMean(target, targets)}`);
    }
    const key = readReferenceKey(target, form.key, this.#scope, place, 'any');
    const [first] = key ?? [];
    if (!key || !first) return [];
    for (const column of key) this.#together(first, column, place.at('key'));
    this.#warnIfUnindexed(first, place.at('key'));
    return [{ target, key, where: this.#where(form.where, first, place) }];
  }
}

function readForms<F extends FormName, T>(
  name: F,
  forms: readonly (readonly [unknown, Place])[],
  read: (form: Static<(typeof FORMS)[F]>, place: Place) => readonly T[],
): T[] {
  return forms.flatMap(([json, place]) => {
    const form = readBySchema(FORMS[name], json, place);
    return form === undefined ? [] : read(form as Static<(typeof FORMS)[F]>, place);
  });
}

function bindingOf(
  form: FormName,
  forms: readonly (readonly [unknown, Place])[],
  reader: BindingReader,
): SearchBinding {
  switch (form) {
    case 'token':
      return { kind: form, places: readForms(form, forms, (each, at) => reader.token(each, at)) };
    case 'date':
      return { kind: form, places: readForms(form, forms, (each, at) => reader.date(each, at)) };
    case 'reference':
      return {
        kind: form,
        places: readForms(form, forms, (each, at) => reader.reference(each, at)),
      };
    default: {
      const types = form === 'number' || form === 'quantity' ? NUMBER : TEXT;
      const columns = readForms(form, forms, (each, at) =>
        reader.columns(Object.values(each)[0] as string | string[], types, at.at(form)),
      );
      return { kind: form, columns };
    }
  }
}

const formOf = (json: unknown) =>
  FORM_NAMES.find((form) => typeof json === 'object' && json !== null && form in json);

function readBinding(
  parameter: SearchParameterDefinition,
  json: unknown,
  scope: ResourceScope,
  place: Place,
): SearchBinding | undefined {
  const list: readonly unknown[] = Array.isArray(json) ? json : [json];
  const forms = list.map(
    (each, index) => [each, Array.isArray(json) ? place.at(index) : place] as const,
  );
  if (forms.length === 0) place.error('the list is empty');
  for (const [each, at] of forms) {
    if (formOf(each) === parameter.type) continue;
    const kinds = FORM_NAMES.includes(parameter.type as FormName);
    at.error(
      kinds
        ? `${parameter.name} is a ${parameter.type} parameter: write {"${parameter.type}": …}`
        : `${parameter.name} is a ${parameter.type} parameter, which a mapping cannot have`,
    );
    return undefined;
  }
  const [first] = list;
  const form = formOf(first);
  return form && bindingOf(form, forms, new BindingReader(scope, parameter));
}

/** Reads the `search` section of a resource's file: the parameters of FHIR R4 and AU Core by name. */
export function readSearch(
  resourceType: string,
  section: Readonly<Record<string, unknown>>,
  scope: ResourceScope,
  place: Place,
): ReadonlyMap<string, SearchBinding> {
  const known = searchParametersOf(resourceType);
  const bindings = new Map<string, SearchBinding>();
  for (const [name, json] of Object.entries(section)) {
    const parameter = known.get(name);
    const at = place.at(name);
    if (name.startsWith('_') && parameter) at.error('is made by the engine: leave it out');
    else if (!parameter) {
      const hint = didYouMean(name, known.keys());
      at.error(`${resourceType} has no search parameter "${name}" in FHIR R4 or AU Core${hint}`);
    } else {
      const binding = readBinding(parameter, json, scope, at);
      if (binding) bindings.set(name, binding);
    }
  }
  return bindings;
}
