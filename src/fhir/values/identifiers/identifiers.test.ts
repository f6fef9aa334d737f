import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IDENTIFIER_KINDS } from './identifier-kinds.ts';

const isValid = (kind: string, value: string) => IDENTIFIER_KINDS.get(kind)!.isValid(value);
const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`));

/** How many of the last digits 0 to 9 make a number valid. */
const validEndings = (kind: string, stem: string) =>
  Array.from('0123456789').filter((digit) => isValid(kind, stem + digit));

describe('check digits', () => {
  it.each([
    ['ihi', '8003608833357361'],
    ['hpii', '8003619900015717'],
    ['hpio', '8003629900019338'],
    ['medicare', '2123456701'],
    ['medicare', '21234567011'],
    ['provider-number', '2426621B'],
    ['abn', '51824753556'],
    ['acn', '004085616'],
    ['ahpra', 'MED0000932945'],
    ['arbn', '123456789'],
  ])('%s %s is right', (kind, value) => {
    expect(isValid(kind, value)).toBe(true);
  });

  it.each([
    ['ihi', '8003608833357362'],
    ['ihi', '8003618833357361'],
    ['ihi', '8003 6088 3335 7361'],
    ['medicare', '2123456711'],
    ['medicare', '1123456701'],
    ['medicare', '212345670'],
    ['provider-number', '2426621A'],
    ['provider-number', '242662IB'],
    ['abn', '51824753557'],
    ['ahpra', 'MED932945'],
  ])('%s %s is wrong', (kind, value) => {
    expect(isValid(kind, value)).toBe(false);
  });

  it.each([
    ['ihi', '800360'],
    ['hpii', '800361'],
    ['hpio', '800362'],
    ['csp', '800363'],
    ['paio', '800364'],
  ])('of %s: exactly one last digit is right', (kind, prefix) => {
    fc.assert(
      fc.property(digits(9), (middle) => {
        expect(validEndings(kind, prefix + middle)).toHaveLength(1);
      }),
    );
  });

  it('of Medicare cards: exactly one is right, and a wrong digit is always found', () => {
    fc.assert(
      fc.property(fc.constantFrom('2', '3', '4', '5', '6'), digits(7), digits(1), (a, b, issue) => {
        const right = Array.from('0123456789').filter((check) =>
          isValid('medicare', `${a}${b}${check}${issue}`),
        );
        expect(right).toHaveLength(1);
      }),
    );
    // Each weight is prime to 10: any single wrong digit is found.
    const card = '2123456701';
    for (let place = 1; place < 9; place += 1) {
      for (const digit of '0123456789') {
        const other = card.slice(0, place) + digit + card.slice(place + 1);
        expect(isValid('medicare', other)).toBe(other === card);
      }
    }
  });

  it('of provider numbers: exactly one check character is right, with or without leading zeros', () => {
    const places = Array.from('0123456789ABCDEFGHJKLMNPQRTUVWXY');
    fc.assert(
      fc.property(digits(6), fc.constantFrom(...places), (stem, place) => {
        const right = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ').filter((check) =>
          isValid('provider-number', stem + place + check),
        );
        expect(right).toHaveLength(1);
        const short = stem.startsWith('0') ? stem.slice(1) : stem;
        expect(isValid('provider-number', short + place + right[0])).toBe(true);
      }),
    );
  });

  it('of business numbers: a wrong digit is always found', () => {
    const abn = '51824753556';
    for (let place = 0; place < abn.length; place += 1) {
      for (const digit of '0123456789') {
        const other = abn.slice(0, place) + digit + abn.slice(place + 1);
        expect(isValid('abn', other)).toBe(other === abn);
      }
    }
  });
});

describe('the kinds', () => {
  it('have systems and types of AU Base', () => {
    expect(IDENTIFIER_KINDS.get('medicare')).toMatchObject({
      system: 'http://ns.electronichealth.net.au/id/medicare-number',
      type: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MC' }],
      },
    });
    expect(IDENTIFIER_KINDS.get('dva-gold')?.type?.coding[0]).toEqual({
      system: 'http://terminology.hl7.org.au/CodeSystem/v2-0203',
      code: 'DVG',
      display: 'DVA Number (Gold Card)',
    });
    expect(IDENTIFIER_KINDS.get('mrn')).not.toHaveProperty('system');
    // AU Base demands a type, which has no code of its own there.
    expect(IDENTIFIER_KINDS.get('abn')).toMatchObject({
      type: { coding: [{ code: 'XX' }], text: 'ABN' },
    });
  });

  it('without check digits take any value', () => {
    expect(isValid('dva', 'QX144963')).toBe(true);
    expect(isValid('mrn', '')).toBe(false);
  });
});
