import { readFileSync } from 'node:fs';
import { PROGRAM_FILES } from './program-files.ts';

/** The version of the package: CalVer without leading zeros, as the API shows it. */
export function readVersion(): string {
  return (JSON.parse(readFileSync(PROGRAM_FILES.packageJson, 'utf8')) as { version: string })
    .version;
}
