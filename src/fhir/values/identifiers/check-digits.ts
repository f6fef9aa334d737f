const digitsOf = (text: string) => Array.from(text, Number);

/** Whether the last digit is the Luhn check digit of those before it. */
function hasLuhnDigit(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** A 16-digit identifier of the HI service: its prefix, and a Luhn digit at its end. */
const healthcareIdentifier = (prefix: string) => (value: string) =>
  /^\d{16}$/.test(value) && value.startsWith(prefix) && hasLuhnDigit(value);

const weighted = (digits: readonly number[], weights: readonly number[]) =>
  weights.reduce((sum, weight, index) => sum + weight * (digits[index] ?? 0), 0);

/** Ten digits, or eleven with the person's place on the card; the ninth is a check digit. */
function isMedicareNumber(value: string): boolean {
  if (!/^[2-6]\d{9}\d?$/.test(value)) return false;
  const digits = digitsOf(value);
  return weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === digits[8];
}

const LOCATIONS = '0123456789ABCDEFGHJKLMNPQRTUVWXY';
const PROVIDER_CHECKS = 'YXWTLKJHFBA';

/** Six digits of the provider (leading zeros may be missing), one character for the place, one check character. */
function isProviderNumber(value: string): boolean {
  const [, stem, location, check] = /^(\d{5,6})([0-9A-Z])([A-Z])$/.exec(value) ?? [];
  if (stem === undefined || location === undefined) return false;
  const place = LOCATIONS.indexOf(location);
  if (place < 0) return false;
  const sum = weighted(digitsOf(stem.padStart(6, '0')), [3, 5, 8, 4, 2, 1]) + 6 * place;
  return PROVIDER_CHECKS[sum % 11] === check;
}

function isAbn(value: string): boolean {
  if (!/^[1-9]\d{10}$/.test(value)) return false;
  const [first = 0, ...rest] = digitsOf(value);
  return weighted([first - 1, ...rest], [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) % 89 === 0;
}

function isAcn(value: string): boolean {
  if (!/^\d{9}$/.test(value)) return false;
  const digits = digitsOf(value);
  return (10 - (weighted(digits, [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10 === digits[8];
}

const matching = (pattern: RegExp) => (value: string) => pattern.test(value);

/** The checks that identifiers have to pass, by the names that `identifier-kinds.json` uses. */
export const IDENTIFIER_CHECKS = {
  ihi: healthcareIdentifier('800360'),
  hpii: healthcareIdentifier('800361'),
  hpio: healthcareIdentifier('800362'),
  csp: healthcareIdentifier('800363'),
  pai: healthcareIdentifier('800364'),
  medicare: isMedicareNumber,
  provider: isProviderNumber,
  abn: isAbn,
  acn: isAcn,
  nineDigits: matching(/^\d{9}$/),
  ahpra: matching(/^[A-Z]{3}\d{10}$/),
} as const satisfies Record<string, (value: string) => boolean>;
