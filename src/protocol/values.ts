/**
 * A database value in the one form that drivers produce and encoders read (lossless in both directions).
 *
 * - integers: `number` when safe, else `bigint`; `bit`: `boolean`; float and real: `number`
 * - decimal, numeric, money: `string` of digits with the column's scale (`"12.50"`)
 * - character data and xml: `string` as stored; binary data: `Uint8Array`
 * - uniqueidentifier: lower-case `string`; dates and times: `string` in the wire form of contract §6, a date without
 *   the time that the wire adds (`2024-01-31`)
 * - NULL: `null`
 */
export type Value = null | boolean | number | bigint | string | Uint8Array;
