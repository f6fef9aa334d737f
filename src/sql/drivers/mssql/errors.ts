import { SqlError } from '../../sql-error.ts';
import { sqlServerConstraint } from '../../sql-server-constraint.ts';

const UNEXPECTED = 1000;
const UNREACHABLE = 1004;

/** An ERROR token of SQL Server. `state`, `class`, `lineNumber` and `procName` stay on the cause. */
export interface ServerError {
  readonly number: number;
  readonly message: string;
}

export function unreachable(message: string, cause?: unknown): SqlError {
  return new SqlError('connection', 'haloLink', UNREACHABLE, message, { cause });
}

export function lost(cause?: unknown): SqlError {
  return unreachable('The connection to SQL Server was lost.', cause);
}

export function cancelled(signal: AbortSignal): SqlError {
  const message = 'The statement was cancelled.';
  return new SqlError('cancelled', 'haloLink', UNEXPECTED, message, { cause: signal.reason });
}

export function unsupported(message: string, cause?: unknown): SqlError {
  return new SqlError('statement', 'haloLink', UNEXPECTED, message, { cause });
}

/** The error of a statement, as SQL Server words it. */
function statementError(cause: ServerError): SqlError {
  const { number, message } = cause;
  const constraint = sqlServerConstraint(number, message);
  return new SqlError('statement', 'mssql', number, message, { cause, constraint });
}

/** A refused login: the first error says why (4060 comes before 18456). */
export function loginError({ number, message }: ServerError, cause: unknown): SqlError {
  return new SqlError('connection', 'mssql', number, message, { cause });
}

function isSent(error: unknown): error is ServerError {
  return typeof (error as { number?: unknown } | null)?.number === 'number';
}

/**
 * Why a request failed. The first error that SQL Server reported is the one that counts, also when the connection broke
 * after it. @param reported what tedious keeps of the ERROR tokens
 */
export function requestFailure(error: Error, reported?: unknown): SqlError {
  for (const candidate of [error, reported]) {
    const first = candidate instanceof AggregateError ? candidate.errors[0] : candidate;
    if (isSent(first)) return statementError(first);
  }
  return executionFailure(error);
}

/** Why an execution ended without an ERROR token. */
function executionFailure(error: unknown): SqlError {
  if (error instanceof SqlError) return error;
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'UNKNOWN') {
    return unsupported('SQL Server reported an error without saying which.', error);
  }
  if (code === 'EPARAM' || code === 'EINPUT') {
    return unsupported(`A parameter could not be sent: ${message}`, error);
  }
  return lost(error);
}

/** The chain of an error's causes, and the parts of aggregates, outermost first. */
function* causesOf(error: unknown): Generator<{ code?: string; message: string }> {
  for (let at: unknown = error; at instanceof Error; ) {
    yield at;
    at = at instanceof AggregateError ? at.errors[0] : at.cause;
  }
}

const CERTIFICATE_CODES =
  /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH/;

const CONNECT_SENTENCES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection: nothing listens there',
  ENOTFOUND: 'could not be found: the name is not known',
  EAI_AGAIN: 'could not be found: the name service does not answer',
  EHOSTUNREACH: 'cannot be reached: there is no route to it',
  ENETUNREACH: 'cannot be reached: there is no network to it',
  ECONNRESET: 'closed the connection before the login was over',
  EPIPE: 'closed the connection before the login was over',
  EINSTLOOKUP: 'did not name the port of the instance: is the SQL Server Browser running?',
  ETIMEOUT: 'did not answer in time',
  ETIMEDOUT: 'did not answer in time',
  EENCRYPT: 'accepts encrypted connections only',
};

/** Why no connection could be had, as a plain sentence. `where` is the server as configured. */
export function connectFailure(error: unknown, where: string): SqlError {
  if (error instanceof SqlError) return error;
  const causes = [...causesOf(error)];
  const certificate = causes.findLast(({ code }) => code && CERTIFICATE_CODES.test(code));
  if (certificate) {
    const message = `The certificate of SQL Server at ${where} is not trusted: ${certificate.message}.`;
    return unreachable(message, error);
  }
  const known = causes.findLast(({ code }) => code && code in CONNECT_SENTENCES);
  const sentence = known ? CONNECT_SENTENCES[known.code as string] : 'could not be connected to';
  return unreachable(`SQL Server at ${where} ${sentence}.`, error);
}
