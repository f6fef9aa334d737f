import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FILLER = 'filler';

/** A file system in memory, of a size that a test can fill. Needs the right to mount. */
export class SmallDisk implements Disposable {
  readonly path: string;

  constructor(megabytes: number, path = mkdtempSync(join(tmpdir(), 'parhelion-disk-'))) {
    this.path = path;
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]);
  }

  /** Leaves not a byte free. */
  fill(): void {
    const chunk = Buffer.alloc(64 * 1024);
    try {
      for (;;) writeFileSync(join(this.path, FILLER), chunk, { flag: 'a' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }

  /** Takes back what {@link fill} wrote. */
  free(): void {
    rmSync(join(this.path, FILLER));
  }

  resize(megabytes: number): void {
    execFileSync('mount', ['-o', `remount,size=${megabytes}m`, this.path]);
  }

  [Symbol.dispose](): void {
    // Lazily: a process that is just ending may still hold a file.
    execFileSync('umount', ['-l', this.path]);
    rmSync(this.path, { recursive: true, force: true });
  }
}

function canMount(): boolean {
  try {
    new SmallDisk(1)[Symbol.dispose]();
    return true;
  } catch {
    return false;
  }
}

/** Whether tests that fill a disk are left out: where nothing can be mounted, unless services are required. */
export const isWithoutDisks = process.env['PARHELION_REQUIRE_SERVICES'] !== '1' && !canMount();
