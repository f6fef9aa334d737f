import { type FSWatcher, statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { PolicyState } from './judge.ts';
import { readPolicy } from './policy-file.ts';

export interface PolicyWatchOptions {
  readonly path: string;
  /** The file system's own notices may fail; a look after so long never does. */
  readonly pollMs: number;
  /** Called at the first reading and at each change of the file. */
  readonly onRead: (state: PolicyState) => void;
}

/** Keeps the policy as its file says. A file that cannot be read is a state of its own, never the last good one. */
export class PolicyWatch implements Disposable {
  readonly #options: PolicyWatchOptions;
  readonly #poll: NodeJS.Timeout;
  readonly #watcher: FSWatcher | undefined;
  #stamp: string;
  #state: PolicyState;

  constructor(options: PolicyWatchOptions) {
    this.#options = options;
    this.#stamp = stampOf(options.path);
    this.#state = readState(options.path);
    this.#watcher = watchFolder(options.path, () => this.#look());
    this.#poll = setInterval(() => this.#look(), options.pollMs).unref();
    options.onRead(this.#state);
  }

  get state(): PolicyState {
    return this.#state;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#poll);
    this.#watcher?.close();
  }

  #look(): void {
    const stamp = stampOf(this.#options.path);
    if (stamp === this.#stamp) return;
    this.#stamp = stamp;
    this.#state = readState(this.#options.path);
    this.#options.onRead(this.#state);
  }
}

function readState(path: string): PolicyState {
  try {
    return { kind: 'policy', ...readPolicy(path) };
  } catch (error) {
    return { kind: 'broken', message: (error as Error).message };
  }
}

/** What changes with every change of a file; also when a tool keeps its time of modification. */
function stampOf(path: string): string {
  try {
    const { mtimeMs, ctimeMs, size, ino, mode } = statSync(path);
    return [mtimeMs, ctimeMs, size, ino, mode].join(' ');
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

/** The folder, because a file that is replaced by another takes its watcher with it. */
function watchFolder(path: string, onEvent: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
      if (name === null || name === basename(path)) onEvent();
    });
    return watcher.on('error', () => {});
  } catch {
    return undefined;
  }
}
