import type { TObject } from 'typebox';
import type { ConnectionProblemKind } from './connection-problem.ts';
import type { Driver } from './driver.ts';
import type { SqlError } from './sql-error.ts';

/** What every engine's options have; the rest is the engine's own. */
export interface EngineOptions {
  readonly driver: string;
  readonly catalogues: readonly {
    readonly name: string;
    readonly isDefault: boolean;
    readonly [field: string]: unknown;
  }[];
  readonly maxConnections: number;
}

/** What a driver may need of the machine that it runs on. */
export interface EngineHost {
  /** Path of the Node executable. */
  readonly nodePath: string;
  /** Path of the built `sqlite-connection` program. */
  readonly sqliteConnection: string;
  /** Environment of child processes. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A setting that a person gives for a connection, in words that the engines share. */
export type SettingName =
  | 'server'
  | 'port'
  | 'instance'
  | 'domain'
  | 'user'
  | 'password'
  | 'encrypt'
  | 'trust'
  | 'charset'
  | 'dialect'
  | 'timeZone';

/** How an engine wants a setting. */
export interface SettingRule {
  readonly isRequired?: boolean;
  /** Taken when nothing is said. */
  readonly default?: string;
  /** Asked at a terminal; a setting without one is only taken when it is given. */
  readonly question?: string;
}

/** One database as a person names it. */
export interface CatalogueAnswer {
  readonly name: string;
  /** Where it is, in the engine's terms: a path, an alias, the name of a database. */
  readonly location?: string;
  readonly isDefault: boolean;
}

/** A password, or the environment variable that has it. */
export type Secret = { readonly password: string } | { readonly passwordEnv: string };

/** All that a person said of a database. */
export interface ConnectionAnswers {
  readonly settings: Readonly<Partial<Record<Exclude<SettingName, 'password'>, string>>>;
  readonly secret?: Secret;
  readonly catalogues: readonly CatalogueAnswer[];
  readonly maxConnections: number;
}

/** What the rest of the link knows of a database engine. Each stands in `engine.ts` of its driver's folder. */
export interface Engine<Options = EngineOptions> {
  /** As people call it. */
  readonly title: string;
  /** The `database` section of a link's configuration. */
  readonly optionsSchema: TObject;
  /** Fields of that section which an integrator can have of its own; none for an engine without logins. */
  readonly credentialFields: readonly string[];
  readonly settings: Readonly<Partial<Record<SettingName, SettingRule>>>;
  /** What the location of a catalogue is. */
  readonly location: {
    readonly question: string;
    /** Whether a catalogue needs one beside its name. */
    readonly isRequired: boolean;
    readonly isLocalFile: boolean;
  };
  /** Makes the options of what a person said. They are checked against the schema afterwards. */
  toOptions(answers: ConnectionAnswers): unknown;
  /** Resolves the paths of files on this machine. */
  resolveFiles(options: Options, resolve: (path: string) => string): Options;
  /** Where the database is, for messages to people: never with a secret. */
  describe(options: Options): string;
  createDriver(options: Options, host: EngineHost): Promise<Driver>;
  /** Why a connection failed; undefined when only {@link diagnoseTransport} may know. */
  diagnose(error: SqlError): ConnectionProblemKind | undefined;
}
