/*
 * One connection to SQLite as a process of its own: a statement blocks its thread and can be stopped only by ending
 * the process. Started by the SQLite driver, never by hand.
 */
import { isMainThread, Worker, workerData } from 'node:worker_threads';

const WATCH_INTERVAL_MS = 500;

async function serve(): Promise<void> {
  // A terminal or a service manager signals the whole group: when to end is the parent's decision alone.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  new Worker(new URL(import.meta.url), { workerData: process.ppid }).unref();
  const { serveConnection } = await import('../sql/drivers/sqlite/serve-connection.ts');
  await serveConnection(process.stdin, process.stdout);
  process.exit(0);
}

/** The main thread cannot see its parent die while a statement runs. */
function watchParent(parentPid: number): void {
  setInterval(() => {
    if (process.ppid !== parentPid) process.kill(process.pid, 'SIGKILL');
  }, WATCH_INTERVAL_MS);
}

if (isMainThread) await serve();
else watchParent(workerData as number);
