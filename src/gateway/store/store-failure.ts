import { ParhelionError } from '../../errors/parhelion-error.ts';

/** The parts of an engine's error that are safe to keep: PostgreSQL's `detail` and `where` quote stored values. */
interface EngineError {
  readonly message: string;
  readonly code: string;
  readonly constraint: string;
}

const UNREACHABLE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
]);

/** PostgreSQL classes: connection lost, too many connections, operator intervention, disk or memory full. */
const UNAVAILABLE_CLASS = /^(08|53|57|58)/;

/** Data exceptions (class 22) repeat the offending value in their message. */
const QUOTES_VALUES = /^22/;

function read(error: unknown): EngineError {
  const text = (name: string): string => {
    const value: unknown = error instanceof Error ? Reflect.get(error, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  // A connection tried on several addresses fails as an AggregateError with an empty message.
  const message = text('message') || text('code') || 'unknown error';
  return { message, code: text('code'), constraint: text('constraint') };
}

function isUnavailable({ code, message }: EngineError): boolean {
  return (
    UNREACHABLE_CODES.has(code) ||
    (/^[0-9A-Z]{5}$/.test(code) && UNAVAILABLE_CLASS.test(code)) ||
    /^SQLITE_(BUSY|IOERR|FULL|CANTOPEN|READONLY)/.test(code) ||
    /^(Connection terminated|timeout exceeded when|Client has encountered a connection)/.test(
      message,
    )
  );
}

/** The engine's own words without the secrets and without stored values. */
export function describeEngineError(error: unknown, secrets: readonly string[]): string {
  const { message, code, constraint } = read(error);
  const words = QUOTES_VALUES.test(code) ? 'data exception' : message;
  const parts = [words, code === '' || code === words ? '' : `(${code})`, constraint];
  let sentence = parts.filter((part) => part !== '').join(' ');
  for (const secret of secrets) sentence = sentence.replaceAll(secret, '***');
  return sentence;
}

/** Converts what an engine threw, once, at the store's border. A ParhelionError passes unchanged. */
export function storeFailure(error: unknown, secrets: readonly string[]): ParhelionError {
  if (error instanceof ParhelionError) return error;
  const cause = new Error(describeEngineError(error, secrets));
  return isUnavailable(read(error))
    ? new ParhelionError('storeUnavailable', undefined, { cause })
    : new ParhelionError('internal', undefined, { cause });
}
