import { type RawBuilder, sql } from 'kysely';
import type { SqlParameter, Value } from '../../sql/driver.ts';
import type { FhirStatement, StatementResult } from '../course.ts';
import type {
  Assignment,
  ColumnInfo,
  SqlDialectName,
  SystemMapping,
  WriteStep,
} from '../mapping/system-mapping.ts';
import { compileStatement, parameterType, storedValue } from '../sql/index.ts';
import type { WriteValues } from './write-values.ts';

/** Where a write goes. */
export interface WriteTarget {
  readonly dialect: SqlDialectName;
  readonly system: SystemMapping;
  /** Left out, the default one. */
  readonly catalogue?: string;
}

/** One statement of a write, with its values. */
export interface WriteStatement {
  readonly statement: FhirStatement;
  /** Where it makes the resource's row: the key of that row. */
  readonly keyOf?: (result: StatementResult) => Value;
}

type StatementStep = Exclude<WriteStep, { kind: 'refuse' }>;

/** Makes the statement of a step. Values that do not fit their columns are noted in `values`, and NULL here. */
export function writeStatement(
  step: StatementStep,
  values: WriteValues,
  target: WriteTarget,
): WriteStatement {
  if (step.kind === 'call') return procedureCall(step, values, target);
  const { dialect, catalogue } = target;
  const table = sql.id(...step.table.split('.'));
  switch (step.kind) {
    case 'insert': {
      const row = givenValues(step.values, values);
      const query = insertion(table, row);
      const own = row.find(({ column }) => column.name === step.key?.name);
      // SQL Server tells numbers that it gave, not what the statement gives itself.
      if (!step.key || (own && dialect === 'tsql')) {
        const statement = compileStatement(dialect, query, catalogue);
        return own ? { statement, keyOf: () => own.value } : { statement };
      }
      const keyed = withKey(query, step.key, dialect);
      return { statement: compileStatement(dialect, keyed, catalogue), keyOf: firstValue };
    }
    case 'update': {
      const set = sql.join(changes(step, values));
      const query = sql`UPDATE ${table} SET ${set} WHERE ${condition(step.where, values)}`;
      return { statement: compileStatement(dialect, query, catalogue) };
    }
    case 'delete': {
      const query = sql`DELETE FROM ${table} WHERE ${condition(step.where, values)}`;
      return { statement: compileStatement(dialect, query, catalogue) };
    }
  }
}

interface GivenValue {
  readonly column: ColumnInfo;
  readonly value: Value;
}

/** What an insert gives: a column without a value takes its default. */
function givenValues(assignments: readonly Assignment[], values: WriteValues): GivenValue[] {
  return assignments
    .map(({ column, value }) => ({ column, value: values.valueFor(value, column) }))
    .filter(({ value }) => value !== null);
}

function insertion(table: RawBuilder<unknown>, given: readonly GivenValue[]): RawBuilder<unknown> {
  const columns = sql.join(given.map(({ column }) => sql.id(column.name)));
  const row = sql.join(given.map(({ column, value }) => storedValue(column, value)));
  return sql`INSERT INTO ${table} (${columns}) VALUES (${row})`;
}

/** Asks for the number that the database gives. `OUTPUT` would fail on SQL Server's tables with triggers. */
function withKey(
  query: RawBuilder<unknown>,
  key: ColumnInfo,
  dialect: SqlDialectName,
): RawBuilder<unknown> {
  if (dialect === 'tsql') return sql`${query}; SELECT SCOPE_IDENTITY()`;
  return sql`${query} RETURNING ${sql.id(key.name)}`;
}

function firstValue({ rows }: StatementResult): Value {
  return rows[0]?.[0] ?? null;
}

/** What an update sets. What its caller left as it was stays, so that nothing is lost that FHIR does not tell. */
function changes(
  { set, isOwnRow }: Extract<StatementStep, { kind: 'update' | 'delete' }>,
  values: WriteValues,
): RawBuilder<unknown>[] {
  const changed = isOwnRow ? set.filter(({ value }) => !values.isKept(value)) : set;
  if (changed.length === 0) {
    // The statement still says whether the row is there, and guards its version.
    return set.slice(0, 1).map(({ column: { name } }) => sql`${sql.id(name)} = ${sql.id(name)}`);
  }
  return changed.map(
    ({ column, value }) =>
      sql`${sql.id(column.name)} = ${storedValue(column, values.valueFor(value, column))}`,
  );
}

function condition(where: readonly Assignment[], values: WriteValues): RawBuilder<unknown> {
  const tests = where.map(({ column, value }) => {
    const wanted = values.valueFor(value, column);
    const name = sql.id(column.name);
    return wanted === null ? sql`${name} IS NULL` : sql`${name} = ${storedValue(column, wanted)}`;
  });
  return sql.join(tests, sql` AND `);
}

function procedureCall(
  step: Extract<WriteStep, { kind: 'call' }>,
  values: WriteValues,
  { catalogue }: WriteTarget,
): WriteStatement {
  const parameters = step.parameters.map(
    ({ name, column, value, isOutput }): SqlParameter => ({
      name,
      direction: isOutput ? (value ? 'inputOutput' : 'output') : 'input',
      typeName: parameterType(column),
      value: value ? values.valueFor(value, column) : null,
    }),
  );
  const statement: FhirStatement = {
    ...(catalogue === undefined ? {} : { catalogue }),
    text: step.procedure,
    type: 'storedProcedure',
    parameters,
  };
  const { key } = step;
  if (key === undefined) return { statement };
  return { statement, keyOf: ({ outputs }) => outputs[key] ?? null };
}
