import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package: bundling moves code between files, so nothing is found relative to this one. */
function findPackageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

const root = findPackageRoot();

/** Files of the package that processes are started from, or read. */
export const PROGRAM_FILES = {
  packageJson: join(root, 'package.json'),
  parhelion: join(root, 'dist', 'bin', 'parhelion.js'),
  /** The FHIR mappings that come with the program, one folder for each. */
  fhirSystems: join(root, 'dist', 'fhir-systems'),
  sqliteConnection: join(root, 'dist', 'bin', 'sqlite-connection.js'),
} as const;
