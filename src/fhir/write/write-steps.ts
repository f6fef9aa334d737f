import { didYouMean, type Place } from '../mapping/problems.ts';
import type {
  Assignment,
  CallParameter,
  ColumnInfo,
  ColumnRef,
  Lookup,
  Refusal,
  WriteField,
  WriteStep,
  WriteTest,
  WriteValue,
} from '../mapping/system-mapping.ts';
import type { RefusalText, StepText, TestText, ValueText } from './write-schema.ts';
import { columnOf, parameterColumn, type WriteScope } from './write-scope.ts';

/** What the steps of a `write` section share. Columns that they take are noted down in `used` and the lookups. */
export interface WriteParts {
  readonly scope: WriteScope;
  readonly fields: ReadonlyMap<string, WriteField>;
  readonly lookups: ReadonlyMap<string, Lookup & { readonly columns: ColumnRef[] }>;
  readonly used: ColumnRef[];
}

type Interaction = 'create' | 'update';

interface StepContext extends WriteParts {
  readonly interaction: Interaction;
}

/** Reads the steps of one interaction; errors are noted at their places. */
export function readSteps(
  texts: readonly StepText[],
  parts: WriteParts,
  interaction: Interaction,
  place: Place,
): readonly WriteStep[] {
  const context = { ...parts, interaction };
  const steps = texts.flatMap((text, index) => {
    const at = place.at(index);
    const when = (text.when ?? []).flatMap((test, test_) =>
      readTest(test, context, at.at('when').at(test_)),
    );
    const step = readStep(text, context, at);
    return step ? [{ ...step, when }] : [];
  });
  const keys = steps.filter((step) => 'key' in step && step.key !== undefined).length;
  if (interaction === 'create' && keys !== 1) {
    place.error('exactly one step of a create has "key": the one that makes the resource’s row');
  }
  return steps;
}

type StepWithoutWhen = WriteStep extends infer Step
  ? Step extends WriteStep
    ? Omit<Step, 'when'>
    : never
  : never;

function readStep(text: StepText, context: StepContext, place: Place): StepWithoutWhen | undefined {
  if ('refuse' in text) {
    return { kind: 'refuse', refusal: readRefusal(text.refuse, context, place.at('refuse')) };
  }
  if ('call' in text) return readCall(text, context, place);
  const [kind, tableName] =
    'insert' in text
      ? (['insert', text.insert] as const)
      : 'update' in text
        ? (['update', text.update] as const)
        : (['delete', text.delete] as const);
  const table = context.scope.tables.get(tableName);
  if (!table || table.sql !== undefined) {
    const hint = didYouMean(tableName, context.scope.tables.keys());
    place.at(kind).error(`there is no table "${tableName}" in tables.json${hint}`);
    return undefined;
  }
  const assign = (name: 'values' | 'set' | 'where', values: Readonly<Record<string, ValueText>>) =>
    readAssignments(values, table.columns, context, place.at(name));
  if ('insert' in text) {
    const key = text.key === undefined ? undefined : table.columns.get(text.key);
    if (text.key !== undefined && !key) {
      place.at('key').error(`there is no column "${text.key}" in ${tableName}`);
    }
    const values = assign('values', text.values);
    return { kind: 'insert', table: tableName, values, ...(key && { key }) };
  }
  const where = assign('where', text.where);
  if (where.length === 0) place.at('where').error('names no column: all rows would be changed');
  const set = 'set' in text ? assign('set', text.set) : [];
  const refusal = text.otherwise && readRefusal(text.otherwise, context, place.at('otherwise'));
  const isOwnRow = context.scope.own.key.every((key) =>
    where.some(({ value }) => value.kind === 'row' && isSameColumn(value.column, key)),
  );
  const changed = { table: tableName, set, where, isOwnRow, ...(refusal && { refusal }) };
  return { kind: 'update' in text ? 'update' : 'delete', ...changed };
}

function isSameColumn(one: ColumnRef, other: ColumnRef): boolean {
  return one.relation === other.relation && one.column.name === other.column.name;
}

function readCall(
  text: Extract<StepText, { call: string }>,
  context: StepContext,
  place: Place,
): StepWithoutWhen {
  const parameters = Object.entries(text.parameters).flatMap(([name, entry]): CallParameter[] => {
    const at = place.at('parameters').at(name);
    const column = parameterColumn(name, entry.type, at.at('type'));
    const value = entry.value === undefined ? undefined : readValue(entry.value, context, at);
    const isOutput = entry.output ?? false;
    if (!isOutput && entry.value === undefined) at.error('has neither "value" nor "output"');
    return column ? [{ name, column, isOutput, ...(value && { value }) }] : [];
  });
  const { key } = text;
  if (key !== undefined && !parameters.some(({ name, isOutput }) => isOutput && name === key)) {
    place.at('key').error(`"${key}" is no output parameter of this call`);
  }
  return { kind: 'call', procedure: text.call, parameters, ...(key !== undefined && { key }) };
}

function readAssignments(
  texts: Readonly<Record<string, ValueText>>,
  columns: ReadonlyMap<string, ColumnInfo>,
  context: StepContext,
  place: Place,
): Assignment[] {
  return Object.entries(texts).flatMap(([name, text]) => {
    const at = place.at(name);
    const column = columns.get(name);
    if (!column)
      at.error(`there is no column "${name}" in this table${didYouMean(name, columns.keys())}`);
    const value = readValue(text, context, at);
    return column && value ? [{ column, value }] : [];
  });
}

function readRefusal(
  { kind, text, field: name }: RefusalText,
  { fields }: StepContext,
  place: Place,
): Refusal {
  const field = name === undefined ? undefined : fields.get(name);
  if (name !== undefined && !field) place.at('field').error(`there is no field "${name}"`);
  return { kind, text, ...(field && { field }) };
}

function readTest(text: TestText, context: StepContext, place: Place): WriteTest[] {
  if ('column' in text) {
    const column = columnOf(context.scope.own, text.column, place.at('column'))?.column;
    const [kind, pair] =
      'same' in text ? (['same', text.same] as const) : (['differs', text.differs] as const);
    const [one, other] = pair.map((value, index) =>
      readValue(value, context, place.at(kind).at(index)),
    );
    return column && one && other ? [{ kind, column, values: [one, other] }] : [];
  }
  const value = readValue(text.value, context, place.at('value'));
  if (!value) return [];
  if ('is' in text) return [{ kind: text.is, value }];
  return 'in' in text
    ? [{ kind: 'in', value, texts: text.in }]
    : [{ kind: 'notIn', value, texts: text.notIn }];
}

function readValue(text: ValueText, context: StepContext, place: Place): WriteValue | undefined {
  if (text === null || typeof text !== 'object') return { kind: 'literal', value: text };
  if ('$field' in text) {
    const field = context.fields.get(text.$field);
    if (!field)
      place.error(
        `there is no field "${text.$field}"${didYouMean(text.$field, context.fields.keys())}`,
      );
    return field && { kind: 'field', field };
  }
  if ('$row' in text) {
    if (context.interaction === 'create')
      place.error('"$row" is the row as it was before: a create has none');
    const column = columnOf(context.scope.own, text.$row, place);
    if (column) context.used.push(column);
    return column && { kind: 'row', column };
  }
  if ('$lookup' in text) return readLookup(text.$lookup, context, place);
  if ('$now' in text) return { kind: 'now' };
  if ('$uuid' in text) return { kind: 'uuid' };
  if ('$key' in text) return { kind: 'key' };
  const of = text.$first.flatMap(
    (each, index) => readValue(each, context, place.at('$first').at(index)) ?? [],
  );
  return { kind: 'first', of };
}

function readLookup(
  text: string,
  { lookups, scope }: StepContext,
  place: Place,
): WriteValue | undefined {
  const [, name = '', columnText = ''] = /^(\w+)\.(.+)$/.exec(text) ?? [];
  const lookup = lookups.get(name);
  const mapping = lookup && scope.resources.get(lookup.resource);
  if (!mapping) {
    place.error(`there is no lookup "${name}": write lookup.alias.Column`);
    return undefined;
  }
  const column = columnOf(mapping, columnText, place);
  if (column) lookup.columns.push(column);
  return column && { kind: 'lookup', lookup: name, column };
}
