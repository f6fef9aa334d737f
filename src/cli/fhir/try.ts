import type { Command } from 'commander';
import type { FhirTryOptions, RunFunctions } from '../run-functions.ts';

const EXAMPLE = `
Example, on the machine of the link:
  parhelion fhir try ./my-system "Patient?name=ng" --data-dir .parhelion/link

It asks the database directly: no gateway, no policy and no audit trail take part. What it prints is patients' data.
`;

export function addFhirTry(fhir: Command, run: RunFunctions): void {
  fhir
    .command('try')
    .description('Answer one request by a mapping, and show its SQL.')
    .argument('<mapping>', 'folder of the mapping, or the name of one that comes with Parhelion')
    .argument('<request>', 'what follows the FHIR base, such as "Patient?name=ng"')
    .requiredOption('--data-dir <path>', "folder of the link's settings")
    .option('--time-zone <name>', "IANA name of the zone of the practice's local times")
    .addHelpText('after', EXAMPLE)
    .action(
      (mapping: string, request: string, options: Omit<FhirTryOptions, 'mapping' | 'request'>) =>
        run.fhirTry({ mapping, request, ...options }),
    );
}
