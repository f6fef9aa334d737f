import { readdirSync, readFileSync } from 'node:fs';
import { until } from './until.ts';

interface ProcessFacts {
  readonly pid: number;
  readonly parentPid: number;
  readonly state: string;
  readonly cpuTicks: number;
}

function readProcess(pid: number): ProcessFacts | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before it is in brackets and may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const field = (index: number) => Number(fields[index] ?? 0);
    return { pid, parentPid: field(1), state: fields[0] ?? '', cpuTicks: field(11) + field(12) };
  } catch {
    return undefined;
  }
}

/** Whether a process is there and not merely unclaimed after its end. */
export function isAlive(pid: number): boolean {
  const facts = readProcess(pid);
  return facts !== undefined && facts.state !== 'Z' && facts.state !== 'X';
}

function childrenOf(parentPid: number): ProcessFacts[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((facts) => facts?.parentPid === parentPid)
    .filter((facts) => facts !== undefined);
}

/** All processes that a process started, and that those started. */
export function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child.pid, ...descendantsOf(child.pid)]);
}

export function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** The processes that hold a link's connections to its database. */
export function connectionsOf(linkPid: number): number[] {
  return childrenOf(linkPid).map(({ pid }) => pid);
}

const CPU_SAMPLE_MS = 150;
const BUSY_TICKS = 2;

/** Those of a link's connections that compute; an idle one takes next to no processor time. */
async function busyConnectionsOf(linkPid: number): Promise<number[]> {
  const before = new Map(childrenOf(linkPid).map(({ pid, cpuTicks }) => [pid, cpuTicks]));
  const sampledAt = Date.now();
  await until('a moment of processor time', () => Date.now() - sampledAt >= CPU_SAMPLE_MS);
  return childrenOf(linkPid)
    .filter(({ pid, cpuTicks }) => cpuTicks - (before.get(pid) ?? cpuTicks) >= BUSY_TICKS)
    .map(({ pid }) => pid);
}

/** Resolves when statements run on so many of the link's connections, to their process ids. */
export function untilBusy(linkPid: number, connections = 1): Promise<number[]> {
  return until(`${connections} connections compute`, async () => {
    const busy = await busyConnectionsOf(linkPid);
    return busy.length >= connections && busy;
  });
}

/** Resolves when no statement runs on any of the link's connections. */
export async function untilIdle(linkPid: number): Promise<void> {
  let quiet = 0;
  await until('no connection computes', async () => {
    quiet = (await busyConnectionsOf(linkPid)).length === 0 ? quiet + 1 : 0;
    return quiet >= 3;
  });
}
