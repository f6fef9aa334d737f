import { sqlServerError, unsupported } from '../errors.ts';
import type { Statement } from './ast.ts';
import type { TokenCursor } from './cursor.ts';
import { parseAssigned } from './parse-query.ts';

/** Session options whose value changes nothing that the demo practice answers. */
const HARMLESS_OPTIONS: ReadonlySet<string> = new Set(
  `NOCOUNT XACT_ABORT ANSI_NULLS ANSI_WARNINGS ANSI_PADDING ANSI_NULL_DFLT_ON ANSI_DEFAULTS ARITHABORT
QUOTED_IDENTIFIER CONCAT_NULL_YIELDS_NULL NUMERIC_ROUNDABORT LOCK_TIMEOUT DEADLOCK_PRIORITY TEXTSIZE
CURSOR_CLOSE_ON_COMMIT IMPLICIT_TRANSACTIONS`.split(/\s+/),
);
/** Options that are harmless only with this value. */
const REQUIRED_VALUES: Readonly<Record<string, string>> = {
  ANSI_NULLS: 'ON',
  ANSI_WARNINGS: 'ON',
  ANSI_PADDING: 'ON',
  ANSI_DEFAULTS: 'ON',
  ARITHABORT: 'ON',
  QUOTED_IDENTIFIER: 'ON',
  CONCAT_NULL_YIELDS_NULL: 'ON',
  NUMERIC_ROUNDABORT: 'OFF',
  IMPLICIT_TRANSACTIONS: 'OFF',
};

export function parseSet(cursor: TokenCursor): Statement {
  cursor.next();
  if (cursor.token.kind === 'variable') {
    const name = cursor.variable();
    return { kind: 'setVariable', name, value: parseAssigned(cursor, { kind: 'variable', name }) };
  }
  if (cursor.takeAll('TRANSACTION', 'ISOLATION', 'LEVEL')) {
    return skipIsolationLevel(cursor);
  }
  if (cursor.take('IDENTITY_INSERT')) {
    const table = cursor.multiPartName();
    return { kind: 'setIdentityInsert', table, isOn: parseSwitch(cursor) };
  }
  if (cursor.at('LANGUAGE', 'DATEFORMAT', 'DATEFIRST')) return parseLanguageOption(cursor);
  const { keyword, text } = cursor.token;
  if (!HARMLESS_OPTIONS.has(keyword)) {
    if (cursor.token.kind === 'word') throw unsupported(`SET ${text}`);
    throw cursor.unexpected();
  }
  cursor.next();
  cursor.take('-');
  const value = cursor.next();
  const required = REQUIRED_VALUES[keyword];
  if (required !== undefined && value.keyword !== required) {
    throw unsupported(`SET ${keyword} ${value.text}`);
  }
  return { kind: 'noOperation' };
}

function parseSwitch(cursor: TokenCursor): boolean {
  if (cursor.take('ON')) return true;
  cursor.expect('OFF');
  return false;
}

function skipIsolationLevel(cursor: TokenCursor): Statement {
  const levels = [
    ['READ', 'UNCOMMITTED'],
    ['READ', 'COMMITTED'],
    ['REPEATABLE', 'READ'],
    ['SNAPSHOT'],
    ['SERIALIZABLE'],
  ];
  if (!levels.some((level) => cursor.takeAll(...level))) throw cursor.unexpected();
  return { kind: 'noOperation' };
}

/** US English's own values are what runs anyway; others would change how dates read. */
const US_ENGLISH: Readonly<Record<string, RegExp>> = {
  LANGUAGE: /^(us_english|english)$/i,
  DATEFORMAT: /^mdy$/i,
  DATEFIRST: /^7$/,
};

function parseLanguageOption(cursor: TokenCursor): Statement {
  const option = cursor.next().keyword;
  const { kind, value } = cursor.next();
  if (kind === 'end') throw sqlServerError(102, option);
  if (US_ENGLISH[option]?.test(value) !== true) throw unsupported(`SET ${option} ${value}`);
  return { kind: 'setLanguageOption', option };
}
