import { randomUUID } from 'node:crypto';
import type { Value } from '../../sql/driver.ts';
import type {
  ColumnInfo,
  RowReader,
  SystemMapping,
  WriteField,
  WriteTest,
  WriteValue,
} from '../mapping/system-mapping.ts';
import { FhirProblem, type Issue } from '../outcome/fhir-problem.ts';
import { keyOfId } from '../search/index.ts';
import { localTimeText, withOffset } from '../values/local-time.ts';
import { siteZone } from '../values/site-zone.ts';
import { type FoundElement, findElement } from './element-path.ts';
import { localCode, storedValue, UnstorableValue } from './stored-value.ts';

/** What the values of a write come from. */
export interface WriteSources {
  /** The resource as it came, its references relative to the site. */
  readonly submitted: Readonly<Record<string, unknown>> & { readonly resourceType: string };
  readonly system: SystemMapping;
  readonly timeZone: string;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** The resource as it was, and its own row. */
  readonly before?: {
    readonly row: RowReader;
    readonly resource: Readonly<Record<string, unknown>>;
  };
}

/** Gives the values of one write. What cannot be stored is collected, so that a caller learns of all of it at once. */
export class WriteValues {
  readonly #sources: WriteSources;
  readonly #lookups = new Map<string, RowReader>();
  readonly #issues: Issue[] = [];
  /** The key of the row that an insert has made. */
  key: Value = null;

  constructor(sources: WriteSources) {
    this.#sources = sources;
  }

  /** What was found for a lookup. */
  keepLookup(name: string, row: RowReader): void {
    this.#lookups.set(name, row);
  }

  /** Notes which of the required fields are missing, but for those that were missing before. */
  require(fields: Iterable<WriteField>): void {
    for (const field of fields) {
      if (!field.isRequired || this.find(field) || this.#isUnchanged(field)) continue;
      const diagnostics = `${field.path.text} is needed to store this`;
      this.#issues.push({ kind: 'missingElement', diagnostics, expression: this.#place(field) });
    }
  }

  /** @throws FhirProblem with all that was noted */
  throwIssues(): void {
    const [first, ...others] = this.#issues.splice(0);
    if (first) throw new FhirProblem([first, ...others]);
  }

  find(field: WriteField): FoundElement | undefined {
    return findElement(this.#sources.submitted, field.path);
  }

  /**
   * Whether a value of the resource's own row may stay as it is: the caller sent what had been made of it. It can say
   * more than FHIR does: codes of which one is made, a text without a code.
   */
  isKept(value: WriteValue): boolean {
    if (value.kind === 'field') return this.#isUnchanged(value.field);
    if (value.kind !== 'first' || !value.of.some(({ kind }) => kind === 'field')) return false;
    return value.of.every((each) => each.kind === 'row' || this.isKept(each));
  }

  #isUnchanged(field: WriteField): boolean {
    const { before, submitted } = this.#sources;
    if (!before) return false;
    const [then, now] = [before.resource, submitted].map((resource) => {
      const value = findElement(resource, field.path)?.value;
      return JSON.stringify(field.reference === undefined ? value : referenceOf(value));
    });
    return then === now;
  }

  /** FHIRPath of a field: where it stands in the resource, or where it should. */
  placeOf(field: WriteField): string {
    return this.#place(field, this.find(field));
  }

  /** The value for a column; NULL where there is none, also for one that was noted as unfit. */
  valueFor(value: WriteValue, column: ColumnInfo): Value {
    switch (value.kind) {
      case 'literal':
        return value.value;
      case 'field':
        return this.#fieldValue(value.field, column);
      case 'row':
        return fitted(this.#sources.before?.row.value(value.column) ?? null, column);
      case 'lookup':
        return fitted(this.#lookups.get(value.lookup)?.value(value.column) ?? null, column);
      case 'now':
        return this.#now(column);
      case 'uuid':
        return randomUUID();
      case 'key':
        return this.key;
      case 'first':
        return value.of.map((each) => this.valueFor(each, column)).find(isPresent) ?? null;
    }
  }

  /** Whether a step's test holds. */
  holds(test: WriteTest): boolean {
    switch (test.kind) {
      case 'same':
        return this.#areSame(test);
      case 'differs':
        return !this.#areSame(test);
      case 'given':
        return this.#textOf(test.value) !== undefined;
      case 'missing':
        return this.#textOf(test.value) === undefined;
      case 'in':
        return test.texts.includes(this.#textOf(test.value) ?? '');
      case 'notIn':
        return !test.texts.includes(this.#textOf(test.value) ?? '');
    }
  }

  #areSame({ column, values }: Extract<WriteTest, { kind: 'same' | 'differs' }>): boolean {
    const [one, other] = values.map((value) => this.valueFor(value, column));
    return String(one) === String(other);
  }

  /** A value as text, as it is sent or stored: a code of the resource stays FHIR's own. */
  #textOf(value: WriteValue): string | undefined {
    if (value.kind === 'field') {
      const found = this.find(value.field)?.value;
      return textOfFound(found);
    }
    if (value.kind === 'first') return value.of.map((each) => this.#textOf(each)).find(isPresent);
    const column = 'column' in value ? value.column.column : UNTYPED;
    const stored = this.valueFor(value, column);
    return stored === null ? undefined : String(stored);
  }

  #fieldValue(field: WriteField, column: ColumnInfo): Value {
    const found = this.find(field);
    if (!found) return null;
    try {
      return this.#convert(found.value, field, column);
    } catch (error) {
      if (!(error instanceof UnstorableValue)) throw error;
      const expression = this.#place(field, found);
      const diagnostics = `${expression} ${error.message}`;
      if (!this.#issues.some((issue) => issue.diagnostics === diagnostics)) {
        this.#issues.push({ kind: 'invalidValue', diagnostics, expression });
      }
      return null;
    }
  }

  #convert(found: unknown, field: WriteField, column: ColumnInfo): Value {
    if (field.reference !== undefined) return this.#referenced(found, field.reference);
    const local = field.codes ? localCode(found, field.codes) : found;
    const { part } = field;
    const value =
      part && typeof local === 'string' ? local.slice(part.from, part.from + part.length) : local;
    if (value === '') return null;
    return storedValue(value, column, { localTimeOf: (instant) => this.#localTimeOf(instant) });
  }

  /** The key of the resource that a reference means. */
  #referenced(found: unknown, type: string): Value {
    const text = referenceOf(found);
    const [, id = ''] = typeof text === 'string' ? text.split(`${type}/`, 2) : [];
    const mapping = this.#sources.system.resources.get(type);
    const key = mapping && text === `${type}/${id}` ? keyOfId(mapping, id) : undefined;
    if (!key) throw new UnstorableValue(`must refer to a ${type} of this practice: ${type}/[id]`);
    return key[0] ?? null;
  }

  #localTimeOf(instant: string): string {
    const ms = Date.parse(instant);
    return localTimeText(ms + siteZone(this.#sources.timeZone).offsetAt(ms) * 60_000);
  }

  #now({ type }: ColumnInfo): Value {
    const local = this.#localTimeOf(new Date(this.#sources.nowMs).toISOString());
    if (type === 'date') return local.slice(0, 10);
    if (type === 'time') return local.slice(11);
    return type === 'datetimeoffset'
      ? (withOffset(local, siteZone(this.#sources.timeZone)) ?? null)
      : local;
  }

  #place({ path }: WriteField, found?: FoundElement): string {
    return `${this.#sources.submitted.resourceType}.${found?.place ?? path.text}`;
  }
}

/** What a Reference says; anything else as it is. */
function referenceOf(found: unknown): unknown {
  const isReference = typeof found === 'object' && found !== null && 'reference' in found;
  return isReference ? found.reference : found;
}

const UNTYPED: ColumnInfo = {
  name: '',
  sqlType: 'nvarchar(max)',
  type: 'text',
  textOrder: 'exact',
};

/** A date and time for a column that keeps one of the two. */
function fitted(value: Value, { type }: ColumnInfo): Value {
  const [date, time] = typeof value === 'string' ? (MOMENT.exec(value)?.slice(1) ?? []) : [];
  if (date === undefined || time === undefined) return value;
  return type === 'date' ? date : type === 'time' ? time : value;
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2}(?:\.\d+)?)$/;

/** What stands in a resource as text; of anything but a single value only that it is there. */
function textOfFound(found: unknown): string | undefined {
  if (found === undefined) return undefined;
  return typeof found === 'string' || typeof found === 'boolean' ? String(found) : 'given';
}

function isPresent<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
