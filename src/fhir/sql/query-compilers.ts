import {
  type CompiledQuery,
  createQueryId,
  DefaultQueryCompiler,
  type IdentifierNode,
  MssqlQueryCompiler,
  type RawBuilder,
  type RootOperationNode,
  SqliteQueryCompiler,
} from 'kysely';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { FhirStatement } from '../course.ts';
import type { SqlDialectName } from '../mapping/system-mapping.ts';
import { SearchError } from '../search/index.ts';
import firebirdWords from './firebird-words.json' with { type: 'json' };
import type { TypedValue } from './sql-parameter.ts';

/** Names of parameters are the same in all dialects: the drivers know `@name`. */
const placeholder = (count: number): string => `@p${count}`;

/** A name between its marks, the closing one doubled within. @throws ParhelionError for a name that no text holds */
function quoted(name: string, [left, right]: readonly [string, string]): string {
  if (name.includes('\0')) {
    throw new ParhelionError('configInvalid', 'A name in the FHIR mapping holds U+0000.');
  }
  return `${left}${name.replaceAll(right, right + right)}${right}`;
}

const FIREBIRD_WORDS: ReadonlySet<string> = new Set(firebirdWords);

/** Names as they stand in each dialect's text. */
const QUOTED: Readonly<Record<SqlDialectName, (name: string) => string>> = {
  tsql: (name) => quoted(name, ['[', ']']),
  /** Names are mostly declared without quotes, and stored in upper case: quotes would make them other names. */
  firebird: (name) =>
    /^[A-Za-z][\w$]*$/.test(name) && !FIREBIRD_WORDS.has(name.toUpperCase())
      ? name
      : quoted(name, ['"', '"']),
  sqlite: (name) => quoted(name, ['"', '"']),
};

/** A column of a relation's alias as it stands in a dialect's text: `[t0].[Surname]`. */
export function qualifiedName(dialect: SqlDialectName, alias: string, column: string): string {
  return `${QUOTED[dialect](alias)}.${QUOTED[dialect](column)}`;
}

class TsqlCompiler extends MssqlQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return placeholder(this.numParameters);
  }

  protected override visitIdentifier({ name }: IdentifierNode): void {
    this.append(QUOTED.tsql(name));
  }
}

class PlainSqliteCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return placeholder(this.numParameters);
  }

  protected override visitIdentifier({ name }: IdentifierNode): void {
    this.append(QUOTED.sqlite(name));
  }
}

class FirebirdCompiler extends DefaultQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return placeholder(this.numParameters);
  }

  protected override visitIdentifier({ name }: IdentifierNode): void {
    this.append(QUOTED.firebird(name));
  }
}

const COMPILERS: Readonly<Record<SqlDialectName, () => DefaultQueryCompiler>> = {
  tsql: () => new TsqlCompiler(),
  firebird: () => new FirebirdCompiler(),
  sqlite: () => new PlainSqliteCompiler(),
};

/** SQL Server takes 2,100. */
const MAX_PARAMETERS = 2_000;

/**
 * The text of a query and its parameters, in the order of the text.
 *
 * @throws SearchError for one with more parameters than databases take
 */
export function compileStatement(
  dialect: SqlDialectName,
  query: RawBuilder<unknown>,
  catalogue: string | undefined,
): FhirStatement {
  const compiler = COMPILERS[dialect]();
  const node = query.toOperationNode() as RootOperationNode;
  const { sql: text, parameters }: CompiledQuery = compiler.compileQuery(node, createQueryId());
  if (parameters.length > MAX_PARAMETERS) {
    throw new SearchError('too-costly', '', 'The search has too many values for one statement.');
  }
  return {
    ...(catalogue !== undefined && { catalogue }),
    text,
    parameters: (parameters as TypedValue[]).map(({ typeName, value }, index) => ({
      name: placeholder(index + 1),
      direction: 'input',
      typeName,
      value,
    })),
  };
}
