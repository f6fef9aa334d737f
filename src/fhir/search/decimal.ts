/** A number without loss: `digits` divided by ten to the power `scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const DECIMAL = /^(-?)(\d{1,30})(?:\.(\d{1,20}))?(?:[eE]([+-]?\d{1,2}))?$/;

const tenTo = (power: number): bigint => 10n ** BigInt(power);

/** A number of FHIR's, with the place of its last digit as scale; undefined for what is none. */
export function readDecimal(text: string): Decimal | undefined {
  const [all, sign, whole = '', written = '', exponent] = DECIMAL.exec(text) ?? [];
  if (all === undefined) return undefined;
  // R4 reads 1e2 as 95 to 105: as if it had one digit more.
  const fraction = exponent !== undefined && written === '' ? '0' : written;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  return { digits, scale: fraction.length - Number(exponent ?? 0) };
}

/** The same number with another scale, digits that vanish rounded towards the given side. */
export function rescale({ digits, scale }: Decimal, to: number, rounding: 'up' | 'down'): bigint {
  if (to >= scale) return digits * tenTo(to - scale);
  const divisor = tenTo(scale - to);
  const quotient = digits / divisor;
  const rest = digits % divisor;
  if (rest > 0n && rounding === 'up') return quotient + 1n;
  return rest < 0n && rounding === 'down' ? quotient - 1n : quotient;
}

/** `5.40` for 540 with the scale 2. */
export function decimalText(digits: bigint, scale: number): string {
  if (scale === 0) return String(digits);
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  return `${digits < 0n ? '-' : ''}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}
