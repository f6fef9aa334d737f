import type { Json } from './definition-types.ts';

const base = 'http://ns.electronichealth.net.au/id';
const international = 'http://terminology.hl7.org/CodeSystem/v2-0203';
const australian = 'http://terminology.hl7.org.au/CodeSystem/v2-0203';

interface Rule {
  readonly system: string;
  readonly type: string;
  isRight(value: string): boolean;
}

const digits = (value: string) => Array.from(value, Number);
const weighted = (value: string, weights: readonly number[]) =>
  weights.reduce((sum, weight, index) => sum + weight * (digits(value)[index] ?? 0), 0);

function luhn(value: string): boolean {
  const sum = digits(value).reduce((total, digit, index) => {
    const doubled = index % 2 === value.length % 2 ? digit * 2 : digit;
    return total + Math.floor(doubled / 10) + (doubled % 10);
  }, 0);
  return sum % 10 === 0;
}

const healthNumber = (prefix: string) => (value: string) =>
  new RegExp(`^${prefix}\\d{10}$`).test(value) && luhn(value);

function isProviderNumber(value: string): boolean {
  const [, stem = '', place = '', check = ''] = /^(\d{6})([0-9A-Z])([A-Z])$/.exec(value) ?? [];
  const at = '0123456789ABCDEFGHJKLMNPQRTUVWXY'.indexOf(place);
  const sum = weighted(stem, [3, 5, 8, 4, 2, 1]) + 6 * at;
  return stem !== '' && at >= 0 && 'YXWTLKJHFBA'[sum % 11] === check;
}

const rules: readonly Rule[] = [
  { system: `${base}/hi/ihi/1.0`, type: `${international}|NI`, isRight: healthNumber('800360') },
  { system: `${base}/hi/hpii/1.0`, type: `${international}|NPI`, isRight: healthNumber('800361') },
  { system: `${base}/hi/hpio/1.0`, type: `${australian}|NOI`, isRight: healthNumber('800362') },
  {
    system: `${base}/medicare-number`,
    type: `${international}|MC`,
    isRight: (value) =>
      /^[2-6]\d{9}\d?$/.test(value) &&
      weighted(value, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(value[8]),
  },
  {
    system: `${base}/medicare-provider-number`,
    type: `${australian}|UPIN`,
    isRight: isProviderNumber,
  },
  {
    system: 'http://hl7.org.au/id/ahpra-registration-number',
    type: `${australian}|AHPRA`,
    isRight: (value) => /^[A-Z]{3}\d{10}$/.test(value),
  },
];

interface Identifier {
  readonly system?: string;
  readonly value?: string;
  readonly type?: {
    readonly coding?: readonly { readonly system: string; readonly code: string }[];
  };
}

/** Identifiers whose type says more than their digits, or less. */
export function identifierProblems(resource: Json): string[] {
  const { identifier } = resource as { readonly identifier?: Identifier | readonly Identifier[] };
  return [identifier ?? []].flat().flatMap(({ system, value = '', type }) => {
    const rule = rules.find((each) => each.system === system);
    if (rule === undefined) return [];
    const types = (type?.coding ?? []).map((coding) => `${coding.system}|${coding.code}`);
    const isTyped = types.includes(rule.type);
    if (isTyped === rule.isRight(value)) return [];
    return [
      `identifier of ${rule.system}: ${isTyped ? 'typed in spite of' : 'no type with'} its digits`,
    ];
  });
}
