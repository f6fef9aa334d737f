import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { collectFhir } from './collect-fhir.ts';
import type { SystemFile } from './system-file.ts';

const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const LITTLE = fileOf('../../../test/support/fhir-mappings/little');

type Fhir = NonNullable<SystemFile['fhir']>;

function collect(fhir: Fhir | undefined, timeZone?: string, asked?: string[]) {
  const ask = async (question: string) => {
    asked?.push(question);
    return 'Australia/Darwin';
  };
  return collectFhir({
    system: { product: 'Some PMS', driver: 'mssql', ...(fhir && { fhir }) },
    systemFile: `${dirname(LITTLE)}/system.json`,
    givenTimeZone: timeZone,
    questions: asked && { ask },
    systemsFolder: fileOf('../../fhir/systems'),
    database: {
      driver: 'mssql',
      catalogues: [{ name: 'Main', isDefault: true }],
      maxConnections: 2,
    },
  });
}

describe('the FHIR section of a new link', () => {
  it('is that of the system file, with the zone of the practice', async () => {
    const settings = { medicationStatementWithRequests: true };
    const collected = await collect({ mapping: './little', settings }, 'Australia/Perth');
    expect(collected).toEqual({ mapping: LITTLE, timeZone: 'Australia/Perth', settings });
    const zoned = { mapping: LITTLE, timeZone: 'Australia/Hobart' };
    expect(await collect(zoned)).toEqual(zoned);
    expect(await collect(undefined)).toBeUndefined();
  });

  it('asks for the zone where nobody has said it', async () => {
    const asked: string[] = [];
    const collected = await collect({ mapping: LITTLE }, undefined, asked);
    expect(collected?.timeZone).toBe('Australia/Darwin');
    expect(asked).toEqual([expect.stringContaining('zone')]);
  });

  it.each<[Fhir, string | undefined, string]>([
    [{ mapping: LITTLE }, 'Mars/Olympus', 'is no IANA name'],
    [{ mapping: LITTLE }, undefined, '--time-zone is missing'],
    [{ mapping: 'no-such-system' }, 'Australia/Perth', 'there is no mapping no-such-system'],
    [{ mapping: './nowhere' }, 'Australia/Perth', 'there is no such folder'],
    [{ mapping: 'demo-practice' }, 'Australia/Perth', 'is in the catalogue Documents'],
  ])('is refused: %j, zone %s', async (fhir, zone, why) => {
    await expect(collect(fhir, zone)).rejects.toThrow(why);
  });
});
