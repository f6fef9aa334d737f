import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { writeFileByRename } from './write-file-by-rename.ts';

const DevState = Type.Object({
  secretKey: Type.String({ minLength: 32 }),
  adminKey: Type.String({ minLength: 16 }),
  integrator: Type.Optional(
    Type.Object({ id: Type.String(), primaryKey: Type.String(), secondaryKey: Type.String() }),
  ),
  siteId: Type.Optional(Type.String()),
});

/** What dev mode must know again at its next start. */
export type DevState = Static<typeof DevState>;

const fileOf = (dataDir: string) => join(dataDir, 'dev-secrets.json');

/** Reads the state of an earlier start, or makes the secrets of a first one. */
export function readDevState(dataDir: string): DevState {
  try {
    const state: unknown = JSON.parse(readFileSync(fileOf(dataDir), 'utf8'));
    if (Value.Check(DevState, state)) return state;
  } catch {
    // No earlier start, or one that was cut off.
  }
  const state: DevState = {
    secretKey: randomBytes(32).toString('base64url'),
    adminKey: randomBytes(24).toString('base64url'),
  };
  writeDevState(dataDir, state);
  return state;
}

export function writeDevState(dataDir: string, state: DevState): void {
  writeFileByRename(fileOf(dataDir), JSON.stringify(state, undefined, 2));
}
