import type { ParameterTypeName } from '../../protocol/command.ts';
import type { Driver, SqlParameter } from '../driver.ts';
import type { ConstraintKind, SqlError } from '../sql-error.ts';
import type { CaseId } from './cases.ts';

/** A parameter as callers write it: its value is text, read by the grammar of its type. */
export interface CaseParameter {
  readonly name: string;
  readonly type: ParameterTypeName;
  readonly value?: string | null;
  readonly direction?: SqlParameter['direction'];
  readonly size?: number;
}

/** A command in the words of one engine. */
export interface CaseCommand {
  readonly text: string;
  readonly type?: 'text' | 'storedProcedure';
  readonly parameters?: readonly CaseParameter[];
}

/** The error that an engine answers with. */
export interface ExpectedError {
  readonly type: SqlError['errorType'];
  readonly code: number;
  /** Part of the message. */
  readonly message: string;
  readonly constraint?: ConstraintKind;
}

/** What an engine does in a case. */
export interface Supported {
  readonly command: CaseCommand;
  /** The rows of the first result set as JSON text, byte for byte; left out where the case looks at something else. */
  readonly rows?: string;
  /** How many rows, where there are too many to write down. */
  readonly rowCount?: number;
  readonly rowsAffected?: number;
  /** Text of the output parameters by their names. */
  readonly outputs?: Readonly<Record<string, string | null>>;
  readonly error?: ExpectedError;
  /** A query afterwards, and its rows: what the case has left. */
  readonly after?: { readonly text: string; readonly rows: string };
  /** What a reader of the table should know. */
  readonly note?: string;
}

/** What an engine does not do. With a command, the suite proves that it is refused with this error. */
export interface NotSupported {
  readonly notSupported: string;
  readonly command?: CaseCommand;
  readonly error?: ExpectedError;
}

/** What one engine does in every case: its column of the table. */
export interface EngineConformance {
  readonly engine: Driver['engine'];
  readonly title: string;
  /** What stands behind the column, as a part of a sentence. */
  readonly provedOn: string;
  readonly cases: Readonly<Record<CaseId, Supported | NotSupported>>;
}

/**
 * A database that the suite runs against. To add an engine: write its {@link EngineConformance} in the driver's folder
 * and name it in `engines.ts`; give the suite a target and name that in `conformance.test.ts`.
 *
 * The schema is the engine's own affair: the texts of its cases must find what they need, and one case must not see
 * what another has left. A scripted peer answers each case's text (and parameters) with the result that it scripts
 * for it; the column then proves driver and encoder, not the engine, and `provedOn` must say so.
 */
export interface ConformanceTarget extends AsyncDisposable {
  /** The driver with two catalogues: `Practice`, the default one, and `Images`. */
  readonly driver: Driver;
  /** The same with a password that is wrong; undefined where there is no login. */
  readonly strangerDriver?: Driver;
  /** The same with a port that nobody listens to; undefined where there is none. */
  readonly unreachableDriver?: Driver;
  /** Sessions that the database holds for the driver. */
  countSessions(): Promise<number>;
  /** Ends the sessions that the database holds for the driver, as a crash or a broken network does. */
  killSessions(): Promise<void>;
  /** Whether a statement of the driver runs in the database now; left out where the database cannot be asked. */
  isRunning?(): Promise<boolean>;
}
