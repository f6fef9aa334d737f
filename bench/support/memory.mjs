import { readdirSync, readFileSync } from 'node:fs';

const MB = 1024 * 1024;
const PAGE_BYTES = 4096;
const SAMPLE_MS = 50;

function parentOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function descendantsOf(root) {
  const parents = new Map();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      parents.set(Number(name), parentOf(name));
    } catch {
      // It has ended meanwhile.
    }
  }
  const isBelow = (pid) => pid === root || (parents.has(pid) && isBelow(parents.get(pid)));
  return [...parents.keys()].filter((pid) => pid !== root && isBelow(pid));
}

function roleOf(pid) {
  const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  if (line.includes('sqlite-connection')) return 'connection';
  return / gateway /.test(line) ? 'gateway' : / link /.test(line) ? 'link' : undefined;
}

/** Resident memory of the processes below one, by role: the largest of each, in bytes. */
function residentBytes(root) {
  const largest = {};
  for (const pid of descendantsOf(root)) {
    try {
      const role = roleOf(pid);
      const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
      if (role) largest[role] = Math.max(largest[role] ?? 0, pages * PAGE_BYTES);
    } catch {
      // It has ended meanwhile.
    }
  }
  return largest;
}

/** Watches the memory of a system's processes; `growthMb` says how far each went beyond where it began. */
export function watchMemory(root) {
  const base = residentBytes(root);
  const peak = { ...base };
  const timer = setInterval(() => {
    for (const [role, bytes] of Object.entries(residentBytes(root))) {
      peak[role] = Math.max(peak[role] ?? 0, bytes);
    }
  }, SAMPLE_MS);
  return {
    stop() {
      clearInterval(timer);
      const mb = (bytes) => Math.round(bytes / MB);
      return {
        baseMb: Object.fromEntries(Object.entries(base).map(([role, b]) => [role, mb(b)])),
        growthMb: Object.fromEntries(
          Object.entries(peak).map(([role, b]) => [role, mb(b - (base[role] ?? b))]),
        ),
      };
    },
  };
}
