import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DevSystem, TempFolder } from './support/dev-system.ts';
import { freePort } from './support/free-port.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The shell commands of the README that carry a mark, in their order. */
function commandsOf(mark: string): string {
  const blocks = [...readme.matchAll(/<!-- run: (\w+) -->\n```sh\n([\s\S]*?)```/g)];
  const texts = blocks.filter((match) => match[1] === mark).map((match) => match[2] ?? '');
  if (texts.length === 0) throw new Error(`The README has no commands marked ${mark}.`);
  return texts.join('');
}

const folder = new TempFolder();

/**
 * Runs a script as somebody would who stands in the folder of the package, and resolves to what it says.
 *
 * @throws Error with its words unless all its commands succeed
 */
function run(script: string, env: Readonly<Record<string, string>>): Promise<string> {
  const { PATH, HOME } = process.env;
  const options = { cwd: folder.path, env: { PATH, HOME, ...env }, timeout: 60_000 };
  return new Promise((resolve, reject) => {
    execFile('bash', ['-e', '-o', 'pipefail', '-c', script], options, (error, stdout, stderr) => {
      const output = stdout + stderr;
      if (error)
        reject(new Error(`exit code ${error.code ?? 'none'}: ${output}`, { cause: error }));
      else resolve(output);
    });
  });
}

describe('the commands of the README', () => {
  let dev: DevSystem;

  beforeAll(async () => {
    symlinkSync(join(root, 'dist'), join(folder.path, 'dist'));
    dev = await DevSystem.start(join(folder.path, '.parhelion'));
  });

  afterAll(async () => {
    await dev.program.stop();
    folder[Symbol.dispose]();
  });

  test('60-second start: queries at the demo practice', async () => {
    const output = await run(commandsOf('dev'), {});
    expect(output).toContain('InternalID');
  });

  test('an existing client: only address, key and site differ', async () => {
    const { baseUrl, integrator, site } = dev.facts;
    const output = await run(commandsOf('client'), {
      BASE: baseUrl,
      KEY: integrator.primaryKey,
      SITE: site.siteId,
    });
    expect(output).toContain('"availability":"online"');
    expect(output).toContain('"status":"successful"');
  });

  test('gateway and link apart: from an empty store to a query', async () => {
    const work = join(folder.path, 'work');
    mkdirSync(work);
    const script = commandsOf('apart').replaceAll('8090', String(await freePort()));
    const endAll = "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT";
    const output = await run(`${endAll}\n${script}`, { WORK: work });
    expect(output).toContain('"practiceManagementSiteId":"BP-0001"');
    expect(output).toMatch(/1 row in/);
  }, 90_000);
});
