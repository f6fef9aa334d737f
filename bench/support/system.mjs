import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../dist/bin/parhelion.js', import.meta.url));
const START_LIMIT_MS = 60_000;

/** Starts gateway, link and demo practice in a folder of their own; `stop` removes it. @param settings environment */
export async function startSystem(settings = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'parhelion-bench-'));
  const dev = spawn(process.execPath, [program, 'dev'], {
    env: {
      ...process.env,
      PARHELION_DATA_DIR: dataDir,
      PARHELION_PORT: '0',
      PARHELION_LOG_LEVEL: 'warn',
      ...settings,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((resolve) => {
    dev.once('exit', resolve);
  });
  const stop = async () => {
    dev.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  const limit = Date.now() + START_LIMIT_MS;
  while (Date.now() < limit) {
    try {
      return {
        ...JSON.parse(readFileSync(join(dataDir, 'dev.json'), 'utf8')),
        dataDir,
        pid: dev.pid,
        stop,
      };
    } catch {
      await delay(50);
    }
  }
  await stop();
  throw new Error('The system did not start.');
}
