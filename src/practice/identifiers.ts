/** Australian health identifiers with right check digits. */

/** Individual (IHI), provider (HPI-I) and organisation (HPI-O) numbers: 16 digits, the last by Luhn's rule. */
export function healthIdentifier(prefix: '800360' | '800361' | '800362', nineDigits: string) {
  const body = `${prefix}${nineDigits}`;
  let sum = 0;
  for (let i = 0; i < body.length; i += 1) {
    // Fifteen digits and the check digit to come: the doubled ones stand at even places.
    const digit = Number(body[i]) * (i % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return `${body}${(10 - (sum % 10)) % 10}`;
}

const medicareWeights = [1, 3, 7, 9, 1, 3, 7, 9];

/** A card number of ten digits: the eighth is followed by the check digit and the card's issue number. */
export function medicareNumber(eightDigits: string, issue: number): string {
  const sum = medicareWeights.reduce((total, w, i) => total + w * Number(eightDigits[i]), 0);
  return `${eightDigits}${sum % 10}${issue}`;
}

const providerLocations = '0123456789ABCDEFGHJKLMNPQRTUVWXY';
const providerChecks = 'YXWTLKJHFBA';
const providerWeights = [3, 5, 8, 4, 2, 1];

/** A Medicare provider number: stem of six digits, place of practice, check character. */
export function providerNumber(stem: string, locationIndex: number): string {
  const sum = providerWeights.reduce((total, w, i) => total + w * Number(stem[i]), 0);
  const check = providerChecks[(sum + 6 * locationIndex) % 11];
  return `${stem}${providerLocations[locationIndex]}${check}`;
}

const abnWeights = [3, 5, 7, 9, 11, 13, 15, 17, 19];

/** An Australian Business Number: two check digits before nine. */
export function businessNumber(nineDigits: string): string {
  // The first two digits carry the weights 10 and 1, the first after 1 was taken off it.
  const sum = abnWeights.reduce((t, w, i) => t + w * Number(nineDigits[i]), 0);
  const remainder = (89 - (sum % 89)) % 89;
  // 10·(d1 − 1) + d2 reaches every remainder of 89 with d1 from 1 to 9.
  return `${10 + remainder}${nineDigits}`;
}
