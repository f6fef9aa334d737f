import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDay } from './calendar.ts';
import { patientRows } from './generate/patient-rows.ts';
import {
  organisationRows,
  practitionerRoleRows,
  practitionerRows,
} from './generate/practice-rows.ts';
import { businessNumber, healthIdentifier, medicareNumber, providerNumber } from './identifiers.ts';

/** Written from the published rules, apart from the code that makes the numbers. */
function isLuhn(number: string): boolean {
  let sum = 0;
  for (const [index, digit] of Array.from(number).toReversed().entries()) {
    const doubled = Number(digit) * 2;
    sum += index % 2 === 0 ? Number(digit) : Math.floor(doubled / 10) + (doubled % 10);
  }
  return sum % 10 === 0;
}

function isMedicareNumber(number: string): boolean {
  if (!/^[2-6]\d{8}[1-9]$/.test(number)) return false;
  const [a, b, c, d, e, f, g, h, check] = Array.from(number, Number);
  const sum =
    (a ?? 0) +
    3 * (b ?? 0) +
    7 * (c ?? 0) +
    9 * (d ?? 0) +
    (e ?? 0) +
    3 * (f ?? 0) +
    7 * (g ?? 0) +
    9 * (h ?? 0);
  return sum % 10 === check;
}

function isProviderNumber(number: string): boolean {
  if (!/^\d{6}[0-9ABCDEFGHJKLMNPQRTUVWXY][ABFHJKLTWXY]$/.test(number)) return false;
  const place = Array.from('0123456789ABCDEFGHJKLMNPQRTUVWXY').indexOf(number[6] ?? '');
  const [a, b, c, d, e, f] = Array.from(number.slice(0, 6), Number);
  const sum =
    (a ?? 0) * 3 + (b ?? 0) * 5 + (c ?? 0) * 8 + (d ?? 0) * 4 + (e ?? 0) * 2 + (f ?? 0) + place * 6;
  return number[7] === 'YXWTLKJHFBA'[sum % 11];
}

function isAbn(number: string): boolean {
  if (!/^[1-9]\d{10}$/.test(number)) return false;
  const weights = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19];
  const lessOne = String(Number(number[0]) - 1) + number.slice(1);
  return weights.reduce((sum, w, i) => sum + w * Number(lessOne[i]), 0) % 89 === 0;
}

const digits = (length: number) =>
  array(integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) =>
    list.join(''),
  );

describe('identifiers with check digits', () => {
  it('makes health identifiers that pass Luhn and differ in no other digit', () => {
    assert(
      property(digits(9), (body) => {
        const made = healthIdentifier('800360', body);
        expect(made).toMatch(/^800360\d{10}$/);
        expect(isLuhn(made)).toBe(true);
        const wrong = `${made.slice(0, 15)}${(Number(made[15]) + 1) % 10}`;
        expect(isLuhn(wrong)).toBe(false);
      }),
    );
  });

  it('makes the check digit of the published sample numbers', () => {
    expect(healthIdentifier('800360', '816669050')).toBe('8003608166690503');
    expect(healthIdentifier('800361', '156669050')).toMatch(/^800361156669050\d$/);
  });

  it('makes Medicare card numbers', () => {
    // The number on the specimen card.
    expect(medicareNumber('21234567', 1)).toBe('2123456701');
    assert(
      property(integer({ min: 2, max: 6 }), digits(7), (first, rest) => {
        expect(isMedicareNumber(medicareNumber(`${first}${rest}`, 1))).toBe(true);
      }),
    );
  });

  it('makes provider numbers', () => {
    assert(
      property(digits(6), integer({ min: 0, max: 31 }), (stem, location) => {
        expect(isProviderNumber(providerNumber(stem, location))).toBe(true);
      }),
    );
  });

  it('makes business numbers', () => {
    // The Tax Office's own number stands for itself.
    expect(businessNumber('824753556')).toBe('51824753556');
    assert(property(digits(9), (body) => isAbn(businessNumber(body))));
  });
});
describe('the checks themselves', () => {
  it('accept published numbers and refuse a changed digit', () => {
    expect(isLuhn('8003608166690503')).toBe(true);
    expect(isLuhn('8003608166690504')).toBe(false);
    expect(isMedicareNumber('2123456701')).toBe(true);
    expect(isMedicareNumber('2123456781')).toBe(false);
    expect(isMedicareNumber('7123456701')).toBe(false);
    expect(isAbn('51824753556')).toBe(true);
    expect(isAbn('51824753557')).toBe(false);
    expect(isProviderNumber('2426621B')).toBe(true);
    expect(isProviderNumber('2426621A')).toBe(false);
  });
});

function stored(values: readonly unknown[]): string[] {
  return values.filter((value) => typeof value === 'string');
}

describe('identifiers in the practice', () => {
  const today = parseDay('2026-11-22');

  it('are right for everybody but the patients who stand for wrong ones', () => {
    const patients = patientRows(today);
    const badIhi = patients.filter((p) => typeof p.IHI === 'string' && !isLuhn(p.IHI));
    expect(badIhi.map((p) => p.InternalID)).toEqual([20]);
    const badCard = patients.filter(
      (p) => typeof p.MedicareNo === 'string' && !isMedicareNumber(p.MedicareNo),
    );
    expect(badCard.map((p) => p.InternalID)).toEqual([21]);
    const ihis = stored(patients.map((p) => p.IHI));
    expect(ihis.every((ihi) => ihi.startsWith('800360') && ihi.length === 16)).toBe(true);
    expect(ihis.length).toBeGreaterThan(1500);
    expect(stored(patients.map((p) => p.DVANo)).every((n) => /^[NVQ]X\d{6}$/.test(n))).toBe(true);
  });

  it('are right for practitioners, places of practice and organisations', () => {
    const hpiis = stored(practitionerRows(today).map((p) => p.HPII));
    expect(hpiis.length).toBe(9);
    expect(hpiis.every((n) => n.startsWith('800361') && isLuhn(n))).toBe(true);
    const providers = stored(practitionerRoleRows(today).map((role) => role.ProviderNo));
    expect(providers.length).toBeGreaterThan(8);
    expect(providers.every(isProviderNumber)).toBe(true);
    const organisations = organisationRows(today);
    expect(organisations.every((o) => isLuhn(String(o.HPIO)))).toBe(true);
    expect(organisations.every((o) => isAbn(String(o.ABN)))).toBe(true);
  });
});
