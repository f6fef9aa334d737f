import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';

/** A structured logger. Only ids, sizes, counts, codes and timings go in: never SQL, values, rows or names. */
export type Logger = PinoLogger;

/** How much is logged, least first. `silent` logs nothing. */
export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;

/** A member of {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Fields that would carry secrets if somebody logged a whole request or configuration. */
const REDACTED = [
  '*.password',
  '*.token',
  '*.key',
  '*.secret',
  '*.privateKey',
  '*.headers',
  '*.body',
];

/** Makes the root logger of a process; modules take children of it. Lines are JSON. */
export function createLogger(
  name: string,
  level: LogLevel,
  destination?: DestinationStream,
): Logger {
  const options = { name, level, redact: REDACTED, base: { name } };
  return destination ? pino(options, destination) : pino(options);
}
