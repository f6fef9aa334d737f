import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clinicRows } from '../../../test/support/clinic-rows.ts';
import { idsFound, type Search } from '../../../test/support/clinic-searches.ts';
import {
  type ClinicRow,
  clinicEngines,
  type SmallClinic,
} from '../../../test/support/small-clinic.ts';

const rows = clinicRows();
const visits = rows['Visits'] ?? [];

const engines = clinicEngines(rows);

describe.each(engines)('searches by numbers on %s', (_title, open) => {
  let clinic: SmallClinic;
  beforeAll(async () => {
    clinic = await open();
  });
  afterAll(async () => {
    await clinic?.[Symbol.asyncDispose]();
  });

  const agree = async (search: Search, passes: (row: ClinicRow) => boolean): Promise<void> => {
    const expected = visits.filter(passes).map((row) => String(row['VisitID']));
    expect(await idsFound(clinic, 'Encounter', search)).toEqual(expected);
  };

  it('finds numbers as precisely as they are written', async () => {
    expect.hasAssertions();
    const ranges: Record<string, [number, number]> = {
      '12.5': [1245, 1255],
      '12.50': [1250, 1251],
      '100': [9950, 10_050],
      '1e2': [9500, 10_500],
      '0': [-50, 50],
      '-3.1': [-315, -305],
      '99999999999': [9_999_999_999_850, 9_999_999_999_950],
    };
    for (const [text, [low, high]] of Object.entries(ranges)) {
      const cents = (row: ClinicRow): number =>
        row['Cost'] === null ? Number.NaN : Math.round(Number(row['Cost']) * 100);
      const exactly = Number(text) * 100;
      await agree([['length', text]], (row) => cents(row) >= low && cents(row) < high);
      await agree([['length', `ne${text}`]], (row) => cents(row) < low || cents(row) >= high);
      await agree([['length', `gt${text}`]], (row) => cents(row) > exactly);
      await agree([['length', `le${text}`]], (row) => cents(row) <= exactly);
    }
  });

  it('finds quantities in the unit that is asked for', async () => {
    expect.hasAssertions();
    const dollars = 'urn:iso:std:iso:4217';
    const isDear = (row: ClinicRow): boolean => Number(row['Cost'] ?? -100) > 12;
    const codeOf = (row: ClinicRow): unknown => row['CostCode'];
    await agree([['length', `gt12|${dollars}|AUD`]], (row) => isDear(row) && codeOf(row) === 'AUD');
    await agree(
      [['length', 'gt12||AUD']],
      (row) => isDear(row) && (codeOf(row) === 'AUD' || row['CostUnit'] === 'AUD'),
    );
    await agree(
      [['length', 'gt12||dollars']],
      (row) => isDear(row) && row['CostUnit'] === 'dollars',
    );
    await agree(
      [['length', `12.5|${dollars}|NZD,gt99||Dollars`]],
      (row) =>
        (codeOf(row) === 'NZD' && Number(row['Cost']) >= 12.45 && Number(row['Cost']) < 12.55) ||
        (row['CostUnit'] === 'Dollars' && Number(row['Cost'] ?? 0) > 99),
    );
    await agree([['length', `gt12|${dollars}|`]], isDear);
    await agree([['length', 'gt12||']], isDear);
    await agree([['length', `gt12|${dollars}|dollars`]], () => false);
    await agree([['length', 'gt12|http://unitsofmeasure.org|AUD']], () => false);
    await agree([['length:missing', 'true']], (row) => row['Cost'] === null);
  });
});
