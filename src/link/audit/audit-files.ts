import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = /^audit-\d{12}-\d{4}-\d{2}\.jsonl$/;

export const auditFolder = (dataDir: string) => join(dataDir, 'audit');

export const headPath = (folder: string) => join(folder, 'head.json');

/** The file that begins with an entry; its names are in the order of the entries. */
export function auditFileName(firstSequence: number, at: string): string {
  return `audit-${String(firstSequence).padStart(12, '0')}-${at.slice(0, 7)}.jsonl`;
}

/** Paths of the files of a trail, oldest first; none when there is no folder. */
export async function listAuditFiles(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => NAME.test(name))
      .toSorted()
      .map((name) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
