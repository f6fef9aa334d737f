import { type Command, Option } from 'commander';
import { FHIR_DIALECTS, type FhirCheckOptions, type RunFunctions } from '../run-functions.ts';

export function addFhirCheck(fhir: Command, run: RunFunctions): void {
  fhir
    .command('check')
    .description('Check a mapping, and with --data-dir whether the database has what it names.')
    .argument('<mapping>', 'folder of the mapping, or the name of one that comes with Parhelion')
    .addOption(
      new Option('--dialect <name>', 'SQL of the database; left out, all of the mapping').choices([
        ...FHIR_DIALECTS,
      ]),
    )
    .option('--data-dir <path>', "folder of a link's settings: its database is looked at too")
    .action((mapping: string, options: Omit<FhirCheckOptions, 'mapping'>) =>
      run.fhirCheck({ mapping, ...options }),
    );
}
