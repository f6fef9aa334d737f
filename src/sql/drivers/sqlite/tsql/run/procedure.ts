import type { ResultEvent } from '../../../../driver.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Stored } from '../database.ts';
import { sqlServerError, unsupported } from '../errors.ts';
import type {
  ExecuteStatement,
  Expression,
  ProcedureArgument,
  ProcedureDefinition,
  ProcedureParameter,
  Statement,
} from '../parse/ast.ts';
import { parseBatch, parseParameterList, parseProcedure } from '../parse/parse-statement.ts';
import { MAX_LENGTH, nvarchar, type SqlType } from '../types/sql-type.ts';
import { Frame } from './frame.ts';

/** What running a procedure needs of the interpreter. */
export interface ProcedureRunner {
  readonly catalogue: Catalogue;
  readonly currentCatalogue: string;
  readonly run: (statements: readonly Statement[], frame: Frame) => Generator<ResultEvent, unknown>;
  /** The same with that catalogue as the current one, until the statements end. */
  readonly runIn: (
    catalogue: string,
    statements: readonly Statement[],
    frame: Frame,
  ) => Generator<ResultEvent, unknown>;
  readonly evaluate: (
    expression: Expression,
    frame: Frame,
    type?: SqlType,
  ) => { value: Stored; type: SqlType };
}

const MAX_DEPTH = 32;
const definitions = new Map<string, ProcedureDefinition>();

/** Definitions are parsed once per text. */
function definitionOf(text: string): ProcedureDefinition {
  const known = definitions.get(text);
  if (known !== undefined) return known;
  const parsed = parseProcedure(text);
  definitions.set(text, parsed);
  return parsed;
}

export function* runProcedure(
  runner: ProcedureRunner,
  statement: ExecuteStatement,
  caller: Frame,
): Generator<ResultEvent, void> {
  if (caller.depth >= MAX_DEPTH) throw sqlServerError(217);
  const name = statement.procedure.at(-1) ?? '';
  if (name.toLowerCase() === 'sp_executesql') {
    yield* executeSql(runner, statement, caller);
    return;
  }
  const text = runner.catalogue.findProcedure(statement.procedure, runner.currentCatalogue);
  if (text === undefined) {
    if (/^(sp|xp)_/i.test(name)) throw unsupported(`the procedure ${name}`);
    throw sqlServerError(2812, statement.procedure.join('.'));
  }
  const definition = definitionOf(text);
  const own = definition.name.at(-1) ?? name;
  // The body's names belong to the catalogue that holds the procedure.
  const [, , catalogue = ''] = statement.procedure.toReversed();
  const home = runner.catalogue.findName(catalogue) ?? runner.currentCatalogue;
  const inHome: ProcedureRunner = {
    ...runner,
    run: (body, frame) => runner.runIn(home, body, frame),
  };
  yield* call(inHome, own, definition.parameters, definition.body, statement, caller);
}

function* call(
  runner: ProcedureRunner,
  name: string,
  parameters: readonly ProcedureParameter[],
  body: readonly Statement[],
  statement: ExecuteStatement,
  caller: Frame,
): Generator<ResultEvent, void> {
  const given = matchArguments(name, parameters, statement.args);
  const frame = new Frame(caller.depth + 1);
  for (const parameter of parameters) {
    const argument = given.get(parameter);
    const isDefault = argument === undefined || argument.value.kind === 'default';
    const expression = isDefault ? parameter.defaultValue : argument.value;
    if (expression === undefined) throw sqlServerError(201, name, parameter.name);
    const { value } = runner.evaluate(expression, caller, parameter.type);
    frame.declare(parameter.name, parameter.type, value);
  }
  yield* runner.run(body, frame);
  copyBack(runner, given, frame, caller);
  if (statement.returnVariable !== undefined) {
    setVariable(
      runner,
      caller,
      statement.returnVariable,
      { kind: 'literal', type: 'integer', text: '0' },
      frame.returnValue,
    );
  }
}

function setVariable(
  runner: ProcedureRunner,
  caller: Frame,
  name: string,
  zero: Expression,
  value: bigint,
): void {
  const variable = caller.variable(name);
  const holder = new Frame(0);
  holder.declare('@value', runner.evaluate(zero, caller).type, value);
  variable.value = runner.evaluate(
    { kind: 'variable', name: '@value' },
    holder,
    variable.type,
  ).value;
}

type Given = ReadonlyMap<ProcedureParameter, ProcedureArgument>;

function matchArguments(
  name: string,
  parameters: readonly ProcedureParameter[],
  args: readonly ProcedureArgument[],
): Given {
  const given = new Map<ProcedureParameter, ProcedureArgument>();
  if (parameters.length === 0 && args.length > 0) throw sqlServerError(8146, name);
  for (const [index, argument] of args.entries()) {
    const parameter =
      argument.name === undefined
        ? parameters[index]
        : parameters.find((own) => own.name.toLowerCase() === argument.name?.toLowerCase());
    if (parameter === undefined) {
      throw argument.name === undefined
        ? sqlServerError(8144, name)
        : sqlServerError(8145, name, argument.name);
    }
    if (argument.isOutput && !parameter.isOutput) throw sqlServerError(8162, parameter.name);
    given.set(parameter, argument);
  }
  return given;
}

/** OUTPUT arguments take their parameter's last value. */
function copyBack(runner: ProcedureRunner, given: Given, frame: Frame, caller: Frame): void {
  for (const [parameter, argument] of given) {
    if (!argument.isOutput || argument.value.kind !== 'variable') continue;
    const variable = caller.variable(argument.value.name);
    const inner: Expression = { kind: 'variable', name: parameter.name };
    if (variable.isScaleFree && parameter.type.name === 'decimal') {
      variable.type = parameter.type;
    }
    variable.value = runner.evaluate(inner, frame, variable.type).value;
  }
}

/** `sp_executesql N'…', N'@a int, @b int OUTPUT', 1, @b OUTPUT`. */
function* executeSql(
  runner: ProcedureRunner,
  statement: ExecuteStatement,
  caller: Frame,
): Generator<ResultEvent, void> {
  const [text, declaration, ...args] = statement.args;
  if (text === undefined) throw sqlServerError(201, 'sp_executesql', '@statement');
  const read = (argument: ProcedureArgument | undefined): string =>
    argument === undefined
      ? ''
      : String(runner.evaluate(argument.value, caller, nvarchar(MAX_LENGTH)).value ?? '');
  const parameters = parseParameterList(read(declaration));
  const inner: ExecuteStatement = { ...statement, args };
  yield* call(runner, 'sp_executesql', parameters, parseBatch(read(text)), inner, caller);
}
