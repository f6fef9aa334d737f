import { readdirSync, readFileSync } from 'node:fs';

/** The process below `parent` (or below its children) whose command line has these words; Linux only. */
export function findProcess(parent, words) {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const ppid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [{ pid: Number(pid), ppid, line }];
      } catch {
        return [];
      }
    });
  const isBelow = ({ ppid }) =>
    ppid === parent || processes.some((each) => each.pid === ppid && each.ppid === parent);
  const found = processes.find((each) => isBelow(each) && each.line.includes(words));
  if (!found) throw new Error(`No process of ${parent} has the words ${words}.`);
  return found.pid;
}

/** Resident memory of a process in bytes; Linux only. */
export function residentBytes(pid) {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(kilobytes) * 1024;
}
