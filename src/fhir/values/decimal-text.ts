import { LosslessNumber } from 'lossless-json';

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * A number's digits without exponent, plus sign, superfluous zeros or a bare point: `1.50e-3` becomes `0.0015`.
 * Zeros at the end come from the scale of a column, not from whoever measured. Undefined when the text is no number.
 */
export function plainDecimal(text: string): string | undefined {
  const match = DECIMAL.exec(text.trim());
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match ?? [];
  if (!match || whole + fraction === '') return undefined;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = point <= 0 ? 1 : point;
  const head = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const tail = padded.slice(at).replace(/0+$/, '');
  const number = tail === '' ? head : `${head}.${tail}`;
  return sign === '-' && number !== '0' ? `-${number}` : number;
}

/** A `real` has the digits of single precision, though JavaScript shows those of double precision. */
function singleText(value: number): string {
  for (let digits = 6; digits <= 9; digits += 1) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return text;
  }
  return String(value);
}

/** The digits of a float; undefined for NaN and infinities. */
export function floatText(value: number, isSingle: boolean): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  const isRounded = isSingle && Math.fround(value) === value;
  return plainDecimal(isRounded ? singleText(value) : String(value));
}

/** A JSON number with exactly these digits: a plain one where that keeps them. */
export function jsonNumber(text: string): number | LosslessNumber {
  const number = Number(text);
  return String(number) === text ? number : new LosslessNumber(text);
}
