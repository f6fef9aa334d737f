import { resolve } from 'node:path';
import { escapeLine } from '../cli/terminal-text.ts';
import { checkLink } from '../link/setup/check-link.ts';
import { engineHost } from './engine-host.ts';
import { readTransport } from './link-transport.ts';
import { PROGRAM_FILES } from './program-files.ts';

/** `parhelion link check`: a line for each thing that was looked at. @throws Error when one of them is bad */
export async function reportLink(folder: string): Promise<void> {
  const dataDir = resolve(folder);
  let wrong = 0;
  const findings = checkLink({
    dataDir,
    host: engineHost,
    systemsFolder: PROGRAM_FILES.fhirSystems,
    env: process.env,
    resolvePath: (path) => resolve(dataDir, path),
    readTransport: (config) => readTransport(config, dataDir),
  });
  for await (const { isGood, sentence } of findings) {
    if (!isGood) wrong += 1;
    process.stdout.write(`${isGood ? 'ok   ' : 'WRONG'} ${escapeLine(sentence)}\n`);
  }
  if (wrong > 0)
    throw new Error(wrong === 1 ? 'One thing is wrong.' : `${wrong} things are wrong.`);
}
