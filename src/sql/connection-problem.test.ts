import { expect, it } from 'vitest';
import { diagnoseTransport } from './connection-problem.ts';
import { ENGINES } from './drivers/engines.ts';
import { SqlError } from './sql-error.ts';

const because = (code: string, message = 'a cause') =>
  new SqlError('connection', 'haloLink', 1004, 'It failed.', {
    cause: new Error('outer', { cause: Object.assign(new Error(message), { code }) }),
  });

it.each([
  ['ECONNREFUSED', 'refused'],
  ['ENOTFOUND', 'hostUnknown'],
  ['EHOSTUNREACH', 'hostUnreachable'],
  ['ETIMEDOUT', 'timedOut'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificateNotTrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificateNotTrusted'],
  ['CERT_HAS_EXPIRED', 'certificateNotTrusted'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificateNotTrusted'],
  ['EENCRYPT', 'encryptionMismatch'],
  ['EPIPE', undefined],
])('reads %s behind an error as %s', (code, kind) => {
  expect(diagnoseTransport(because(code))).toBe(kind);
});

it.each([
  ['Failed to connect to db:1433 in 15000ms', 'timedOut'],
  ['SQL Server at db refused the connection: nothing listens there.', 'refused'],
  ['The certificate of SQL Server at db is not trusted: self-signed.', 'certificateNotTrusted'],
  ['Sorry.', undefined],
])('reads the sentence "%s" as %s', (sentence, kind) => {
  expect(diagnoseTransport(new SqlError('connection', 'haloLink', 1004, sentence))).toBe(kind);
});

it.each([
  ['mssql', 'mssql', 18_456, "Login failed for user 'sa'.", 'loginFailed'],
  ['mssql', 'mssql', 18_486, "Login failed for user 'sa' because it is locked out.", 'loginFailed'],
  ['mssql', 'mssql', 4_060, 'Cannot open database "X".', 'databaseMissing'],
  ['mssql', 'mssql', 17_809, 'Too many connections.', undefined],
  ['mssql', 'haloLink', 1_004, 'It failed.', undefined],
  ['firebird', 'fbsql', 335_544_472, 'Your user name and password are not defined.', 'loginFailed'],
  ['firebird', 'fbsql', 335_544_344, 'I/O error during "open".', 'databaseMissing'],
  ['firebird', 'fbsql', 335_545_064, 'Incompatible wire encryption levels.', 'encryptionMismatch'],
  ['firebird', 'fbsql', 335_544_721, 'Unable to complete network request.', undefined],
  ['sqlite', 'haloLink', 1_004, "The database file of 'A' does not exist.", 'fileMissing'],
] as const)('%s: %s %i is %s', (engine, errorType, code, message, kind) => {
  expect(ENGINES[engine].diagnose(new SqlError('connection', errorType, code, message))).toBe(kind);
});
