import type { SqlError } from './sql-error.ts';

/** Why no connection could be had, as far as a person acts on it. */
export type ConnectionProblemKind =
  /** Nothing listens there. */
  | 'refused'
  | 'timedOut'
  /** The name of the server means nothing here. */
  | 'hostUnknown'
  | 'hostUnreachable'
  | 'certificateNotTrusted'
  /** One side wants encryption and the other does not offer it. */
  | 'encryptionMismatch'
  | 'loginFailed'
  /** The login is good, and the server does not open this database to it. */
  | 'databaseMissing'
  /** A database file on this machine is not there. */
  | 'fileMissing'
  | 'unknown';

/** What fails together: everything at a server, everything of a login, or one catalogue. */
export type ProblemScope = 'server' | 'login' | 'catalogue';

/** How far a problem of each kind reaches. */
export const PROBLEM_SCOPES: Readonly<Record<ConnectionProblemKind, ProblemScope>> = {
  refused: 'server',
  timedOut: 'server',
  hostUnknown: 'server',
  hostUnreachable: 'server',
  certificateNotTrusted: 'server',
  encryptionMismatch: 'server',
  loginFailed: 'login',
  databaseMissing: 'catalogue',
  fileMissing: 'catalogue',
  unknown: 'catalogue',
};

const SIGNS: readonly (readonly [RegExp, ConnectionProblemKind])[] = [
  [/ECONNREFUSED|refused the connection/, 'refused'],
  [/ENOTFOUND|EAI_AGAIN|EAI_FAIL|the name is not known/, 'hostUnknown'],
  [/EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN/, 'hostUnreachable'],
  [/EENCRYPT|encrypted connections only/, 'encryptionMismatch'],
  [/SELF_SIGNED|UNABLE_TO_|CERT_|ERR_TLS_CERT|certificate/i, 'certificateNotTrusted'],
  [
    /ETIMEDOUT|ETIMEOUT|ESOCKETTIMEDOUT|timed out|time-?out|in time|within \d+ ?ms|in \d+ms/i,
    'timedOut',
  ],
];

/**
 * Reads a problem that looks the same for every engine off an error and its causes: the codes of Node's sockets and of
 * its TLS. Undefined when nothing is known of it.
 */
export function diagnoseTransport(error: SqlError): ConnectionProblemKind | undefined {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const text = `${(cause as NodeJS.ErrnoException).code ?? ''} ${cause.message}`;
    const found = SIGNS.find(([sign]) => sign.test(text));
    if (found) return found[1];
  }
  return undefined;
}
