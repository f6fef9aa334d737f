import { ParhelionError } from './parhelion-error.ts';

/** What a log may say of an error. */
export interface LoggableError {
  readonly errorName: string;
  /** Code and sentence of an error of our own, which quotes no value. */
  readonly code?: string;
  readonly message?: string;
  readonly stack?: string;
}

/**
 * Describes anything thrown for a log: an error of our own with its sentence, any other by its class and stack frames
 * only, for its message may quote SQL or values. A ParhelionError `internal` is described by its cause.
 */
export function loggableError(thrown: unknown): LoggableError {
  if (thrown instanceof ParhelionError) {
    if (thrown.code === 'internal' && thrown.cause !== undefined)
      return loggableError(thrown.cause);
    const { name: errorName, code, message } = thrown;
    return { errorName, code, message };
  }
  if (!(thrown instanceof Error)) return { errorName: typeof thrown };
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { errorName: thrown.name, stack: frames.join('\n') };
}
