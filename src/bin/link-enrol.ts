import { resolve } from 'node:path';
import type { LinkEnrolOptions } from '../cli/run-functions.ts';
import { escapeLine } from '../cli/terminal-text.ts';
import { type SetUp, setUpLink } from '../link/setup/set-up-link.ts';
import { engineHost } from './engine-host.ts';
import { PROGRAM_FILES } from './program-files.ts';
import { TerminalQuestions } from './terminal-questions.ts';

/** `parhelion link enrol`: tests the database, gives this site its identity and writes its configuration. */
export async function enrolLink(dataDir: string, options: LinkEnrolOptions): Promise<void> {
  const { gateway, token, force, ask, system, practice, database } = options;
  const isAsking = ask || process.stdin.isTTY;
  using questions = isAsking ? new TerminalQuestions(process.stdin, process.stderr) : undefined;
  const done = await setUpLink({
    dataDir: resolve(dataDir),
    gatewayUrl: gateway,
    token,
    force,
    answers: database,
    practice,
    ...(system !== undefined && { systemFile: system }),
    ...(questions && { questions }),
    host: engineHost,
    systemsFolder: PROGRAM_FILES.fhirSystems,
    env: process.env,
    resolvePath: (path) => resolve(path),
  });
  process.stdout.write(summary(done, dataDir));
}

function summary(
  { siteId, place, catalogues, practice, fhirMapping }: SetUp,
  dataDir: string,
): string {
  const { practiceName, practiceManagementName, practiceManagementVersion } = practice;
  const { practiceManagementSiteId } = practice;
  const software = [practiceManagementName, practiceManagementVersion].filter(Boolean).join(' ');
  const lines = [
    `The database answers: ${place}, ${catalogues.join(', ')}.`,
    ...(software ? [`Software: ${software}.`] : []),
    ...(practiceManagementSiteId === undefined ? [] : [`PMS ID: ${practiceManagementSiteId}.`]),
    ...(practiceName === undefined ? [] : [`Practice: ${practiceName}.`]),
    ...(fhirMapping === undefined ? [] : [`FHIR by the mapping ${fhirMapping}.`]),
    `This link is now the link of site ${siteId}. Start it with: parhelion link run --data-dir '${dataDir}'`,
  ];
  return lines.map((line) => `${escapeLine(line)}\n`).join('');
}
