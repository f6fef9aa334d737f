import type Transaction from 'node-firebird/lib/wire/transaction.js';
import type { SqlCommand, SqlParameter } from '../../driver.ts';
import type { Attachment } from './attachment.ts';
import { encodeText } from './charsets.ts';
import { refused } from './errors.ts';
import { bindParameters, type WireParameter } from './parameters.ts';
import { readColumnsExactly } from './values.ts';

const IDENTIFIER = '([A-Za-z][\\w$]*|"(?:[^"]|"")+")';
const PROCEDURE_NAME = new RegExp(`^\\s*(?:${IDENTIFIER}\\s*\\.\\s*)?${IDENTIFIER}\\s*;?\\s*$`);

const SELECTABLE = 1;
const INPUT = 0;

const DESCRIBE_PROCEDURE = `
  SELECT p.RDB$PROCEDURE_TYPE, TRIM(a.RDB$PARAMETER_NAME), a.RDB$PARAMETER_TYPE
  FROM RDB$PROCEDURES p
  LEFT JOIN RDB$PROCEDURE_PARAMETERS a ON a.RDB$PROCEDURE_NAME = p.RDB$PROCEDURE_NAME`;

/** The same for servers whose procedures may stand in packages, where a name may occur more than once. */
const IN_PACKAGE = `
    AND a.RDB$PACKAGE_NAME IS NOT DISTINCT FROM p.RDB$PACKAGE_NAME
  WHERE p.RDB$PROCEDURE_NAME = ? AND p.RDB$PACKAGE_NAME IS NOT DISTINCT FROM ?
  ORDER BY a.RDB$PARAMETER_NUMBER`;
const WITHOUT_PACKAGES = ' WHERE p.RDB$PROCEDURE_NAME = ? ORDER BY a.RDB$PARAMETER_NUMBER';

interface Procedure {
  readonly isSelectable: boolean;
  readonly inputs: readonly string[];
}

interface Call {
  readonly text: string;
  readonly parameters: readonly SqlParameter[];
}

/** An identifier as the catalogue of the database writes it. */
function storedName(identifier: string): string {
  return identifier.startsWith('"')
    ? identifier.slice(1, -1).replaceAll('""', '"')
    : identifier.toUpperCase();
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const text = (value: string | null): SqlParameter => ({
  name: '@name',
  direction: 'input',
  typeName: 'VarChar',
  value,
});

async function describe(
  attachment: Attachment,
  transaction: Transaction,
  packageName: string | null,
  name: string,
): Promise<Procedure | undefined> {
  const { hasPackages, charset } = attachment;
  const query = DESCRIBE_PROCEDURE + (hasPackages ? IN_PACKAGE : WITHOUT_PACKAGES);
  const statement = await attachment.prepare(transaction, query);
  try {
    readColumnsExactly(statement.output, charset);
    const asked = hasPackages ? [text(name), text(packageName)] : [text(name)];
    const bound = bindParameters(asked, statement.input, charset) as WireParameter[];
    await attachment.execute(transaction, statement, bound);
    const rows: unknown[][] = [];
    for (let isLast = false; !isLast; ) {
      const fetched = await attachment.fetch(transaction, statement, 100);
      rows.push(...fetched.rows);
      ({ isLast } = fetched);
    }
    const [first] = rows;
    if (!first) return undefined;
    const inputs = rows.filter((row) => row[2] === INPUT).map((row) => row[1] as string);
    return { isSelectable: first[0] === SELECTABLE, inputs };
  } finally {
    attachment.drop(statement);
  }
}

const nameKey = (name: string): string => name.replace(/^@/, '').toLowerCase();

/** The command's parameters in the procedure's order; those at the end may be left to their defaults. */
function orderedInputs(command: SqlCommand, { inputs }: Procedure): SqlParameter[] {
  const given = new Map(
    command.parameters
      .filter(({ direction }) => direction !== 'output')
      .map((parameter) => [nameKey(parameter.name), parameter]),
  );
  const ordered: SqlParameter[] = [];
  for (const [index, input] of inputs.entries()) {
    const parameter = given.get(nameKey(input));
    if (!parameter) continue;
    if (ordered.length < index) {
      throw refused(`The procedure's parameter ${inputs[ordered.length]} has no value.`);
    }
    ordered.push(parameter);
    given.delete(nameKey(input));
  }
  const [unknown] = given.values();
  if (unknown) {
    const known = inputs.length > 0 ? inputs.join(', ') : 'none';
    throw refused(`The procedure has no input parameter ${unknown.name}; it has: ${known}.`);
  }
  return ordered;
}

/**
 * The statement that calls the command's procedure. One that can be selected from is, unless the command asks for
 * output parameters: those come from its first row.
 *
 * @throws SqlError for parameters that the procedure does not have
 */
export async function callOf(
  attachment: Attachment,
  transaction: Transaction,
  command: SqlCommand,
): Promise<Call> {
  const [match, packageIdentifier, identifier = ''] = PROCEDURE_NAME.exec(command.text) ?? [];
  if (match === undefined || !encodeText(attachment.charset, command.text)) {
    throw refused('The text of a stored procedure command is the name of the procedure.');
  }
  const packageName = packageIdentifier === undefined ? null : storedName(packageIdentifier);
  const name = storedName(identifier);
  const target = (packageName === null ? '' : `${quoted(packageName)}.`) + quoted(name);
  const procedure = await describe(attachment, transaction, packageName, name);
  // The database has its own words for a procedure that is missing.
  if (!procedure) return { text: `EXECUTE PROCEDURE ${target}`, parameters: [] };
  const parameters = orderedInputs(command, procedure);
  const marks = parameters.length > 0 ? `(${parameters.map(() => '?').join(', ')})` : '';
  const wantsOutputs = command.parameters.some(({ direction }) => direction !== 'input');
  const isSelected = procedure.isSelectable && !wantsOutputs;
  return {
    text: `${isSelected ? 'SELECT * FROM' : 'EXECUTE PROCEDURE'} ${target}${marks}`,
    parameters,
  };
}
