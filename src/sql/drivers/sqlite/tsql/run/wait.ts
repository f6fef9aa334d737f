import type { Stored } from '../database.ts';
import { sqlServerError } from '../errors.ts';
import { groupOf, isText, type SqlType } from '../types/sql-type.ts';

const DELAY = /^\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,3}))?)?\s*$/;

/** WAITFOR DELAY: the thread stands still, as a slow statement's would. */
export function wait({ value, type }: { value: Stored; type: SqlType }): void {
  const isTime = isText(type) || groupOf(type) === 'moment';
  const text = isTime && typeof value === 'string' ? value.replace(/^.*T/, '') : '';
  const [, hours, minutes, seconds = '0', fraction = ''] = DELAY.exec(text) ?? [];
  if (hours === undefined) {
    throw sqlServerError(148, `Incorrect time syntax in time string '${text}' used with WAITFOR.`);
  }
  const wholeSeconds = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  const delayMs = wholeSeconds * 1000 + Number(fraction.padEnd(3, '0'));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, delayMs);
}
