import type { Command } from 'commander';
import type { CliIo } from '../io.ts';
import type { RunFunctions } from '../run-functions.ts';
import { addFhirCheck } from './check.ts';
import { addFhirGet } from './get.ts';
import { addFhirTables } from './tables.ts';
import { addFhirTry } from './try.ts';

/** `parhelion fhir …`: asking a site for resources, and writing a mapping. */
export function addFhirCommands(program: Command, run: RunFunctions, io: CliIo): void {
  const fhir = program
    .command('fhir')
    .description('Ask a site for FHIR resources, and work on mappings.');
  addFhirGet(fhir, io);
  addFhirCheck(fhir, run);
  addFhirTry(fhir, run);
  addFhirTables(fhir, run);
}
