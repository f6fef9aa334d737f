import type { StatementContext } from '../bind/statement-context.ts';
import { sqlServerError } from '../errors.ts';
import type { Statement } from '../parse/ast.ts';
import { tableName } from './change.ts';

type DropTable = Extract<Statement, { kind: 'dropTable' }>;

/** The tables of a DROP TABLE one after the other: those before one that is missing are gone. */
export function* dropTableSql(
  { catalogue, currentCatalogue }: StatementContext,
  { names, ifExists }: DropTable,
): Generator<string, void, void> {
  for (const name of names) {
    const table = catalogue.findTable(name, currentCatalogue);
    if (table !== undefined) yield `DROP TABLE ${tableName(table)}`;
    else if (!ifExists) throw sqlServerError(3701, name.join('.'));
  }
}
