import { type Static, Type } from 'typebox';
import type { SearchParameterDefinition } from '../definitions/search-parameters.ts';
import { readConditions } from './conditions.ts';
import { didYouMean, type Place } from './problems.ts';
import { readIdentifierKind } from './read-identifier-kind.ts';
import { readReferenceKey } from './reference-key.ts';
import type { ResourceScope } from './resource-scope.ts';
import type {
  ColumnRef,
  DatePlace,
  QuantityPlace,
  ReferencePlace,
  TokenPlace,
  UnitSource,
} from './system-mapping.ts';

const closed = { additionalProperties: false };
const Where = Type.Optional(Type.Array(Type.Unknown()));
const Columns = Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })]);
/** A constant, or the column that has it. */
const Source = Type.Union([Type.String(), Type.Object({ column: Type.String() }, closed)]);

const Token = Type.Object(
  {
    token: Type.String(),
    prefix: Type.Optional(Type.String({ minLength: 1 })),
    suffix: Type.Optional(Type.String()),
    system: Type.Optional(Source),
    codes: Type.Optional(Type.String()),
    identifier: Type.Optional(Type.String()),
    text: Type.Optional(Type.String()),
    where: Where,
  },
  closed,
);

/** The forms of search bindings by the type of parameter that they are for. */
export const FORMS = {
  string: Type.Object({ string: Columns }, closed),
  token: Token,
  date: Type.Object(
    {
      date: Type.Union([
        Type.String(),
        Type.Object({ date: Type.String(), time: Type.String() }, closed),
        Type.Object({ start: Type.String(), end: Type.String() }, closed),
      ]),
      where: Where,
    },
    closed,
  ),
  reference: Type.Object(
    {
      reference: Type.String(),
      key: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
      identifier: Type.Optional(Type.Union([Token, Type.Array(Token, { minItems: 1 })])),
      where: Where,
    },
    closed,
  ),
  number: Type.Object({ number: Columns }, closed),
  quantity: Type.Object(
    {
      quantity: Columns,
      unit: Type.Optional(Source),
      code: Type.Optional(Source),
      codes: Type.Optional(Type.String()),
      system: Type.Optional(Source),
      where: Where,
    },
    closed,
  ),
  uri: Type.Object({ uri: Columns }, closed),
} as const;

type ColumnTypes = readonly string[];
/** Column types that text and addresses are found in. */
export const TEXT: ColumnTypes = ['text'];
const TOKEN: ColumnTypes = ['text', 'integer', 'bit', 'guid', 'decimal'];
const DATE: ColumnTypes = ['date', 'datetime', 'datetimeoffset'];
/** Column types that numbers are found in. */
export const NUMBER: ColumnTypes = ['integer', 'decimal', 'float'];

/** A date's place but for its conditions. */
type DateColumns = DatePlace extends infer P
  ? P extends unknown
    ? Omit<P, 'where'>
    : never
  : never;

/** Reads the places of one search parameter. */
export class PlaceReader {
  readonly #scope: ResourceScope;
  readonly #parameter: SearchParameterDefinition;

  constructor(scope: ResourceScope, parameter: SearchParameterDefinition) {
    this.#scope = scope;
    this.#parameter = parameter;
  }

  #column(text: string, types: ColumnTypes, place: Place): ColumnRef | undefined {
    const column = this.#scope.column(text, place, 'any');
    if (!column) return undefined;
    const { name, type } = this.#parameter;
    if (!types.includes(column.column.type)) {
      const { sqlType } = column.column;
      place.error(`${text} is ${sqlType}, which no ${type} parameter (${name}) can look into`);
      return undefined;
    }
    if (this.#scope.isElsewhere(column)) {
      place.error(`${text} is in another catalogue: no search can look into it`);
      return undefined;
    }
    return column;
  }

  /** Any of the columns may hold the value: one without an index is enough for a look at all rows. */
  #warnIfUnindexed(columns: readonly ColumnRef[], place: Place): void {
    const byTable = new Map<string, string[]>();
    for (const { relation, column } of columns) {
      const table = this.#scope.relation(relation)?.table;
      if (!table?.indexed || table.indexed.has(column.name) || column.type === 'bit') continue;
      byTable.set(table.name, [...(byTable.get(table.name) ?? []), column.name]);
    }
    for (const [table, names] of byTable) {
      const list = names.join(' or ');
      place.warn(`no index of ${table} begins with ${list}: searches read the whole table`);
    }
  }

  columns(texts: string | readonly string[], types: ColumnTypes, place: Place): ColumnRef[] {
    const list = typeof texts === 'string' ? [texts] : texts;
    const columns = list.flatMap((text, index) => {
      const at = typeof texts === 'string' ? place : place.at(index);
      const column = this.#column(text, types, at);
      return column ? [column] : [];
    });
    this.#warnIfUnindexed(columns, place);
    return columns;
  }

  /** Conditions may be on the resource's own columns and on those of the child that the place is in. */
  #where(json: readonly unknown[] | undefined, column: ColumnRef, place: Place) {
    return readConditions(json, this.#scope, place.at('where'), column.child);
  }

  #together(first: ColumnRef, other: ColumnRef | undefined, place: Place): void {
    if (other && other.child !== first.child) place.error('both columns must be in the same rows');
  }

  #optional(text: string | undefined, types: ColumnTypes, place: Place) {
    return text === undefined ? undefined : this.#column(text, types, place);
  }

  token(form: Static<typeof FORMS.token>, place: Place): TokenPlace[] {
    const column = this.#column(form.token, TOKEN, place.at('token'));
    const { codes, identifier, prefix } = form;
    const table = codes === undefined ? undefined : this.#scope.codeTable(codes, place.at('codes'));
    const text = this.#optional(form.text, TEXT, place.at('text'));
    const suffix = this.#optional(form.suffix, ['text', 'integer'], place.at('suffix'));
    const system = this.#system(form, place);
    if (codes !== undefined && (prefix ?? form.suffix) !== undefined) {
      place.error('a code of a code table stands alone, without "prefix" and "suffix"');
    }
    if (!column) return [];
    this.#together(column, text, place.at('text'));
    this.#together(column, suffix, place.at('suffix'));
    if (typeof system === 'object') this.#together(column, system, place.at('system'));
    this.#warnIfUnindexed([column], place.at('token'));
    return [
      {
        column,
        where: this.#where(form.where, column, place),
        ...(prefix === undefined ? {} : { prefix }),
        ...(suffix ? { suffix } : {}),
        ...(system === undefined ? {} : { system }),
        ...(table ? { codes: table } : {}),
        ...(identifier === undefined ? {} : { identifierKind: identifier }),
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
    return this.#source(form.system, place.at('system'));
  }

  #source(source: Static<typeof Source> | undefined, place: Place): UnitSource | undefined {
    return typeof source === 'object' ? this.#column(source.column, TEXT, place) : source;
  }

  quantity(form: Static<typeof FORMS.quantity>, place: Place): QuantityPlace[] {
    const columns = this.columns(form.quantity, NUMBER, place.at('quantity'));
    const [unit, code, system] = (['unit', 'code', 'system'] as const).map((member) =>
      this.#source(form[member], place.at(member)),
    );
    const codes = form.codes === undefined ? undefined : this.#codesOfUnits(form, code, place);
    return columns.map((column) => {
      for (const source of [unit, code, system]) {
        if (typeof source === 'object') this.#together(column, source, place);
      }
      return {
        column,
        where: this.#where(form.where, column, place),
        ...(unit === undefined ? {} : { unit }),
        ...(code === undefined ? {} : { code }),
        ...(codes ? { codes } : {}),
        ...(system === undefined ? {} : { system }),
      };
    });
  }

  #codesOfUnits(
    { codes = '', system }: Static<typeof FORMS.quantity>,
    code: UnitSource | undefined,
    place: Place,
  ) {
    if (typeof code !== 'object') place.error('"codes" are of a "code" that is a column');
    if (system !== undefined) place.error('the code table says the system: leave "system" out');
    return this.#scope.codeTable(codes, place.at('codes'));
  }

  date(form: Static<typeof FORMS.date>, place: Place): DatePlace[] {
    const at = place.at('date');
    const found = this.#datePlace(form.date, at);
    if (!found) return [];
    const first =
      found.kind === 'column' ? found.column : found.kind === 'split' ? found.date : found.start;
    this.#warnIfUnindexed([first], at);
    return [{ ...found, where: this.#where(form.where, first, place) }];
  }

  #datePlace(date: Static<typeof FORMS.date>['date'], at: Place): DateColumns | undefined {
    if (typeof date === 'string') {
      const column = this.#column(date, DATE, at);
      return column && { kind: 'column', column };
    }
    if ('time' in date) {
      const day = this.#column(date.date, ['date', 'datetime'], at.at('date'));
      const time = this.#column(date.time, ['time', 'datetime'], at.at('time'));
      if (day && time) this.#together(day, time, at);
      return day && time && { kind: 'split', date: day, time };
    }
    const start = this.#column(date.start, DATE, at.at('start'));
    const end = this.#column(date.end, DATE, at.at('end'));
    if (start && end) this.#together(start, end, at);
    return start && end && { kind: 'period', start, end };
  }

  reference(form: Static<typeof FORMS.reference>, place: Place): ReferencePlace[] {
    const { targets, name } = this.#parameter;
    const target = form.reference;
    if (targets.length > 0 && !targets.includes(target)) {
      place
        .at('reference')
        .error(`${name} refers to ${targets.join(', ')}${didYouMean(target, targets)}`);
    }
    if (form.key === undefined) {
      if (form.identifier === undefined) place.error('a reference has a "key" or an "identifier"');
      return [];
    }
    const key = readReferenceKey(target, form.key, this.#scope, place, 'any');
    const [first] = key ?? [];
    if (!key || !first) return [];
    for (const column of key) this.#together(first, column, place.at('key'));
    this.#warnIfUnindexed([first], place.at('key'));
    return [{ target, key, where: this.#where(form.where, first, place) }];
  }

  /** Where the identifiers stand that a reference itself has. */
  identifiers({ identifier }: Static<typeof FORMS.reference>, place: Place): TokenPlace[] {
    const at = place.at('identifier');
    if (identifier === undefined) return [];
    if (!Array.isArray(identifier)) return this.token(identifier, at);
    return identifier.flatMap((form, index) => this.token(form, at.at(index)));
  }
}
