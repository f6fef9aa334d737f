import { resolve } from 'node:path';
import type { LinkPauseOptions } from '../cli/run-functions.ts';
import { isPaused } from '../link/policy/judge.ts';
import type { Policy } from '../link/policy/policy.ts';
import { policyPath, readPolicy, writePolicy } from '../link/policy/policy-file.ts';

const WITHOUT_PAUSE = {
  paused: undefined,
  pauseReason: undefined,
  pauseUntil: undefined,
  pauseCutsRunning: undefined,
};

/** `parhelion link pause`: no query begins until the pause ends. */
export async function pauseLink(
  dataDir: string,
  { reason, until, now = false }: LinkPauseOptions,
): Promise<void> {
  await changePolicy(dataDir, {
    paused: true,
    ...(reason !== undefined && { pauseReason: reason }),
    ...(until !== undefined && { pauseUntil: until }),
    ...(now && { pauseCutsRunning: true }),
  });
  const end = until === undefined ? 'until: parhelion link resume' : `until ${until}`;
  process.stdout.write(`Queries are refused ${end}\n`);
}

/** `parhelion link resume`. */
export async function resumeLink(dataDir: string): Promise<void> {
  await changePolicy(dataDir, {});
  process.stdout.write('The pause has ended. The rest of policy.json holds as before.\n');
}

/** `parhelion link policy`: what the file says, and what it means at the moment. */
export async function showPolicy(dataDir: string): Promise<void> {
  const path = policyPath(resolve(dataDir));
  const { policy, fileHash } = readPolicy(path);
  if (fileHash === undefined) {
    process.stdout.write(`There is no ${path}: every paired integrator may query at any time.\n`);
    return;
  }
  process.stdout.write(`${JSON.stringify(policy, undefined, 2)}\n`);
  if (policy.paused) {
    const sentence = isPaused(policy, Date.now())
      ? 'Queries are paused now.'
      : 'The pause is over: its time has passed.';
    process.stderr.write(`${sentence}\n`);
  }
}

async function changePolicy(dataDir: string, pause: Policy): Promise<void> {
  const path = policyPath(resolve(dataDir));
  const { policy } = readPolicy(path);
  const changed = { ...policy, ...WITHOUT_PAUSE, ...pause };
  // What is undefined is not written.
  await writePolicy(path, JSON.parse(JSON.stringify(changed)) as Policy);
}
