import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clinicRows } from '../../../test/support/clinic-rows.ts';
import { idsFound, type Search, searchSite } from '../../../test/support/clinic-searches.ts';
import {
  type ClinicRow,
  clinicEngines,
  type SmallClinic,
} from '../../../test/support/small-clinic.ts';
import { siteZone } from '../values/site-zone.ts';

const rows = clinicRows();
const { baseUrl, timeZone } = searchSite;
const people = (rows['People'] ?? []).filter((row) => row['IsDeleted'] === false);
const visits = rows['Visits'] ?? [];
const numbers = (rows['Numbers'] ?? []).filter((row) => row['IsOld'] === false);

/** Ids of the rows that pass, by key. */
function expected(list: readonly ClinicRow[], passes: (row: ClinicRow) => boolean): string[] {
  const key = list === visits ? 'VisitID' : 'PersonID';
  return list.filter(passes).map((row) => String(row[key]));
}

/** Text without case and accents, made in another way than the statements' patterns. */
function fold(text: unknown): string {
  const strokes: Record<string, string> = { ø: 'o', đ: 'd', ł: 'l' };
  return String(text)
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[øđł]/g, (letter) => strokes[letter] ?? letter);
}

const engines = clinicEngines(rows, {
  'Firebird, UNICODE_CI_AI': 'insensitive',
  'Firebird, UNICODE_CI': 'linguistic',
  'Firebird, by codes': 'exact',
});

describe.each(engines)('searches on %s', (_title, open) => {
  let clinic: SmallClinic;
  beforeAll(async () => {
    clinic = await open();
  });
  afterAll(async () => {
    await clinic?.[Symbol.asyncDispose]();
  });

  const agree = async (
    list: readonly ClinicRow[],
    search: Search,
    passes: (row: ClinicRow) => boolean,
  ): Promise<void> => {
    const type = list === visits ? 'Encounter' : 'Patient';
    expect(await idsFound(clinic, type, search)).toEqual(expected(list, passes));
  };

  const texts = [
    ...new Set(people.flatMap((row) => [row['Surname'], row['Firstname']]).map(String)),
  ].filter((text) => text !== '' && text !== 'null');
  /** Parts of texts that are there, in another case or with other accents. */
  const piece = fc
    .tuple(fc.constantFrom(...texts), fc.nat(3), fc.integer({ min: 1, max: 9 }), fc.nat(3))
    .map(([text, from, length, way]) => {
      const part = Array.from(text)
        .slice(from > 2 ? from : 0, length)
        .join('');
      const changed = [part, part.toUpperCase(), fold(part), part.toLowerCase()][way] ?? part;
      return changed.normalize('NFC');
    })
    .filter((text) => text.trim() !== '' && text === text.trim());
  const written = (text: string): string => text.replaceAll(/[\\,|$]/g, '\\$&');

  it('finds strings as a plain comparison does', async () => {
    expect.hasAssertions();
    await fc.assert(
      fc.asyncProperty(
        piece,
        fc.constantFrom('', ':contains', ':exact'),
        async (text, modifier) => {
          const passes = (value: unknown): boolean => {
            if (value === null) return false;
            if (modifier === ':exact') return value === text;
            return modifier === ':contains'
              ? fold(value).includes(fold(text))
              : fold(value).startsWith(fold(text));
          };
          await agree(
            people,
            [[`name${modifier}`, written(text)]],
            (row) => passes(row['Surname']) || passes(row['Firstname']),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  const zone = siteZone(timeZone);
  const instantOf = (local: unknown): number => zone.instantOf(Date.parse(`${String(local)}Z`));

  /** R4 §3.1.1.4.5 on two ranges `[from, to)`. */
  const stands: Record<string, (s: [number, number], t: [number, number]) => boolean> = {
    eq: (s, t) => t[0] >= s[0] && t[1] <= s[1],
    ne: (s, t) => !(t[0] >= s[0] && t[1] <= s[1]),
    gt: (s, t) => t[1] > s[1],
    lt: (s, t) => t[0] < s[0],
    ge: (s, t) => t[1] > s[1] || (t[0] >= s[0] && t[1] <= s[1]),
    le: (s, t) => t[0] < s[0] || (t[0] >= s[0] && t[1] <= s[1]),
    sa: (s, t) => t[0] >= s[1],
    eb: (s, t) => t[1] <= s[0],
  };
  const prefix = fc.constantFrom(...Object.keys(stands));

  /** Moments that are there, in another zone or without one, and their neighbours. */
  const moment = fc
    .tuple(
      fc.constantFrom(...people.map((row) => row['DiedAt']).filter((at) => at !== null)),
      fc.constantFrom(-3600, -1, 0, 1, 1800, 3600),
      fc.constantFrom('Z', '+10:00', '+11:00', ' 11:00', '-05:00'),
    )
    .map(([at, seconds, offset]) => {
      const instant = instantOf(at) + seconds * 1000;
      const hours = offset === 'Z' ? 0 : Number(offset.slice(0, 3));
      const text = new Date(instant + hours * 3_600_000).toISOString().slice(0, 19);
      return { text: `${text}${offset}`, instant };
    });

  it('finds moments as the zone’s clocks have it', async () => {
    expect.hasAssertions();
    await fc.assert(
      fc.asyncProperty(prefix, moment, async (compared, { text, instant }) => {
        await agree(people, [['death-date', `${compared}${text}`]], (row) => {
          if (row['DiedAt'] === null) return false;
          const at = instantOf(row['DiedAt']);
          return stands[compared]?.([instant, instant + 1000], [at, at + 1]) === true;
        });
      }),
      { numRuns: 60 },
    );
  });

  const dayRange = (text: string): [number, number] => {
    const [year = 0, month, day] = text.split('-').map(Number);
    const end = day ? [year, month, day + 1] : month ? [year, month + 1, 1] : [year + 1, 1, 1];
    return [
      Date.UTC(year, (month ?? 1) - 1, day ?? 1),
      Date.UTC(end[0] ?? 0, (end[1] ?? 1) - 1, end[2] ?? 1),
    ];
  };
  const day = fc.constantFrom(
    '2023',
    '2024',
    '2024-01',
    '2024-02',
    '2024-02-29',
    '2024-04-07',
    '2023-12-31',
    '1979-12',
  );
  const DAY_MS = 86_400_000;

  it('finds days, and days with a time in another column', async () => {
    expect.hasAssertions();
    await fc.assert(
      fc.asyncProperty(prefix, day, async (compared, text) => {
        const searched = dayRange(text);
        await agree(people, [['birthdate', `${compared}${text}`]], (row) => {
          if (row['DOB'] === null) return false;
          const [at] = dayRange(String(row['DOB']));
          return stands[compared]?.(searched, [at, at + DAY_MS]) === true;
        });
        await agree(visits, [['date', `${compared}${text}`]], (row) => {
          if (row['VisitDate'] === null) return false;
          const isWhole = row['VisitTime'] === null;
          const at = Date.parse(
            `${String(row['VisitDate'])}T${isWhole ? '00:00:00' : String(row['VisitTime'])}Z`,
          );
          return stands[compared]?.(searched, [at, at + (isWhole ? DAY_MS : 1)]) === true;
        });
      }),
      { numRuns: 40 },
    );
  });

  it('finds periods, open ends included, by how they overlap', async () => {
    expect.hasAssertions();
    await fc.assert(
      fc.asyncProperty(prefix, moment, async (compared, { text, instant }) => {
        await agree(visits, [['location-period', `${compared}${text}`]], (row) => {
          if (row['StatusCode'] === 'Z') return false;
          if (row['StartAt'] === null && row['EndAt'] === null) return false;
          const from = row['StartAt'] === null ? -Infinity : instantOf(row['StartAt']);
          const to = row['EndAt'] === null ? Infinity : instantOf(row['EndAt']) + 1;
          return stands[compared]?.([instant, instant + 1000], [from, to]) === true;
        });
      }),
      { numRuns: 60 },
    );
  });

  const genders: Record<string, string> = { F: 'female', M: 'male', X: 'other' };
  const genderOf = (row: ClinicRow): string => genders[String(row['SexCode'])] ?? 'unknown';
  const genderSystem = 'http://hl7.org/fhir/administrative-gender';

  it('finds tokens through code tables, those of what no table has among them', async () => {
    expect.hasAssertions();
    const wanted = fc.uniqueArray(fc.constantFrom('female', 'male', 'other', 'unknown', 'foo'), {
      minLength: 1,
    });
    const form = fc.constantFrom('', `${genderSystem}|`, '|', 'urn:other|');
    await fc.assert(
      fc.asyncProperty(wanted, form, fc.boolean(), async (codes, system, isNot) => {
        const isSystem = system === '' || system === `${genderSystem}|`;
        const value = codes.map((code) => `${system}${code}`).join(',');
        await agree(people, [[`gender${isNot ? ':not' : ''}`, value]], (row) => {
          return (isSystem && codes.some((code) => code === genderOf(row))) !== isNot;
        });
      }),
      { numRuns: 40 },
    );
    await agree(people, [['gender', `${genderSystem}|`]], () => true);
    await agree(people, [['gender:text', 'OTHER']], (row) => row['SexCode'] === 'X');
    await agree(people, [['active', 'true']], (row) => row['IsActive'] === true);
    await agree(people, [['active:not', 'true']], (row) => row['IsActive'] !== true);
    await agree(people, [['active:missing', 'true']], (row) => row['IsActive'] === null);
    await agree(people, [['active', 'maybe']], () => false);
  });

  const numbersOf = (row: ClinicRow): ClinicRow[] =>
    numbers.filter((own) => own['PersonID'] === row['PersonID']);

  it('finds tokens in rows of their own, each person once', async () => {
    expect.hasAssertions();
    await agree(people, [['identifier', 'urn:a|N1,urn:b|N2']], (row) =>
      numbersOf(row).some(
        (own) =>
          (own['System'] === 'urn:a' && own['Number'] === 'N1') ||
          (own['System'] === 'urn:b' && own['Number'] === 'N2'),
      ),
    );
    await agree(people, [['identifier', '|N3']], (row) =>
      numbersOf(row).some((own) => own['System'] === null && own['Number'] === 'N3'),
    );
    await agree(
      people,
      [['identifier:missing', 'true']],
      (row) => numbersOf(row).length === 0 && row['ExternalCode'] === null,
    );
    await agree(
      people,
      [['identifier', 'urn:c|x:E3F,urn:c|x:E4']],
      (row) =>
        (row['ExternalCode'] === 'E3' && row['SexCode'] === 'F') ||
        (row['ExternalCode'] === 'E4' && row['SexCode'] === null),
    );
    const ihi = 'http://ns.electronichealth.net.au/id/hi/ihi/1.0';
    await agree(
      people,
      [['identifier', `${ihi}|`]],
      (row) => row['ExternalCode'] !== null || numbersOf(row).some((own) => own['System'] === ihi),
    );
  });

  const person = new Map(people.map((row) => [row['PersonID'], row]));

  it('follows references, chains and reverse chains', async () => {
    expect.hasAssertions();
    await agree(visits, [['patient', `7,Patient/9,${baseUrl}/Patient/11`]], (row) =>
      [7, 9, 11].includes(Number(row['PersonID'])),
    );
    await agree(visits, [['patient', 'https://other.example/Patient/7,x7,007']], () => false);
    await agree(visits, [['subject:Patient', '7']], (row) => row['PersonID'] === 7);
    await agree(visits, [['practitioner:missing', 'true']], (row) => row['DoctorID'] === null);
    await agree(visits, [['patient:identifier', 'urn:a|N1,N2']], (row) =>
      numbersOf(person.get(row['PersonID'] ?? 0) ?? {}).some(
        (own) => (own['System'] === 'urn:a' && own['Number'] === 'N1') || own['Number'] === 'N2',
      ),
    );
    await agree(visits, [['patient.family', 'smi']], (row) =>
      fold(person.get(row['PersonID'] ?? 0)?.['Surname']).startsWith('smi'),
    );
    await agree(visits, [['patient.birthdate', 'lt1980-01-01']], (row) => {
      const born = person.get(row['PersonID'] ?? 0)?.['DOB'] ?? null;
      return born !== null && born < '1980-01-01';
    });
    await agree(people, [['_has:Encounter:patient:status', 'planned']], (row) =>
      visits.some(
        (own) =>
          own['PersonID'] === row['PersonID'] && ['P', 'W'].includes(String(own['StatusCode'])),
      ),
    );
    const treated = visits.filter((own) => own['StatusCode'] === 'F').map((own) => own['PersonID']);
    await agree(
      visits,
      [['patient:Patient._has:Encounter:subject:status', 'finished']],
      (row) => person.has(row['PersonID'] ?? 0) && treated.includes(row['PersonID'] ?? 0),
    );
  });

  it('joins parameters with and, and takes _id and _lastUpdated', async () => {
    expect.hasAssertions();
    const search = [
      ['birthdate', 'ge1979'],
      ['birthdate', 'lt2024-01-01'],
      ['gender', 'female,male'],
    ] as const;
    await agree(people, search, (row) => {
      const born = row['DOB'] ?? null;
      return (
        born !== null &&
        born >= '1979-01-01' &&
        born < '2024-01-01' &&
        ['F', 'M'].includes(String(row['SexCode']))
      );
    });
    await agree(people, [['_id', '3,5,x,99999,-1']], (row) =>
      [3, 5].includes(Number(row['PersonID'])),
    );
    await agree(
      people,
      [['_lastUpdated', 'ge2024-04-07T03:00:00+10:00']],
      (row) => instantOf(row['UpdatedAt']) >= Date.parse('2024-04-07T03:00:00+10:00'),
    );
  });
});
