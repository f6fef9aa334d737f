import type { Command } from 'commander';
import type { FhirTablesOptions, RunFunctions } from '../run-functions.ts';

export function addFhirTables(fhir: Command, run: RunFunctions): void {
  fhir
    .command('tables')
    .description("Print the tables of a link's database as tables.json of a mapping.")
    .requiredOption('--data-dir <path>', "folder of the link's settings")
    .action((options: FhirTablesOptions) => run.fhirTables(options));
}
