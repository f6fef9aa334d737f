/** Commands that read all their settings from the environment. */
type NoOptions = Readonly<Record<string, never>>;

export interface Catalogue {
  readonly name: string;
  /** Left out, the driver's own rule says where it is. */
  readonly location?: string;
}

/** What the command line says of the practice's database; the rest is asked or has a default. */
export interface LinkDatabaseOptions {
  readonly driver?: string;
  /** By the names of the options, such as `server` or `timeZone`. */
  readonly settings: Readonly<Record<string, string>>;
  /** A password, or the environment variable that has it each time the link starts. */
  readonly secret?: { readonly password: string } | { readonly passwordEnv: string };
  readonly catalogues: readonly Catalogue[];
  readonly defaultCatalogue?: string;
  readonly maxConnections?: number;
}

export interface LinkOptions {
  readonly dataDir?: string;
}

export interface LinkPauseOptions extends LinkOptions {
  readonly reason?: string;
  /** With its offset. */
  readonly until?: string;
  /** Also stops what is running. */
  readonly now?: boolean;
}

export interface LinkUnpairOptions extends LinkOptions {
  readonly integratorId: string;
}

export interface LinkRequireCodeOptions extends LinkOptions {
  readonly isRequired: boolean;
}

export interface LinkAuditOptions extends LinkOptions {
  /** Milliseconds since 1970. */
  readonly from?: number;
  /** Milliseconds since 1970, itself not among them. */
  readonly to?: number;
  readonly integrator?: string;
  readonly format?: 'table' | 'csv' | 'json' | 'ndjson';
  /** Path of a file that is not there yet. */
  readonly out?: string;
}

export interface LinkEnrolOptions extends LinkOptions {
  /** Address of the gateway, checked, without a slash at its end. */
  readonly gateway: string;
  readonly token: string;
  /** Replaces an identity that is already there. */
  readonly force: boolean;
  readonly database: LinkDatabaseOptions;
  /** Facts of the practice, by the names of the site object. */
  readonly practice: Readonly<Record<string, string>>;
  /** Path of a system file. */
  readonly system?: string;
  /** Asks for what is missing although nobody sits at a terminal. */
  readonly ask: boolean;
}

/** SQL that a mapping can be checked for. */
export const FHIR_DIALECTS = ['tsql', 'firebird', 'sqlite'] as const;

export interface FhirCheckOptions {
  /** Path of a folder, or the name of a mapping that comes with the program. */
  readonly mapping: string;
  readonly dialect?: (typeof FHIR_DIALECTS)[number];
  readonly dataDir?: string;
}

export interface FhirTryOptions {
  readonly mapping: string;
  /** What follows the FHIR base. */
  readonly request: string;
  readonly dataDir: string;
  readonly timeZone?: string;
}

export interface FhirTablesOptions {
  readonly dataDir: string;
}

/** What the commands of servers and link run. A rejection's message is the one sentence that the user reads. */
export interface RunFunctions {
  readonly dev: (options: NoOptions) => Promise<void>;
  readonly gateway: (options: NoOptions) => Promise<void>;
  readonly linkRun: (options: LinkOptions) => Promise<void>;
  readonly linkEnrol: (options: LinkEnrolOptions) => Promise<void>;
  readonly linkCheck: (options: LinkOptions) => Promise<void>;
  readonly linkPairCode: (options: LinkOptions) => Promise<void>;
  readonly linkPairings: (options: LinkOptions) => Promise<void>;
  readonly linkUnpair: (options: LinkUnpairOptions) => Promise<void>;
  readonly linkRequireCode: (options: LinkRequireCodeOptions) => Promise<void>;
  readonly linkPause: (options: LinkPauseOptions) => Promise<void>;
  readonly linkResume: (options: LinkOptions) => Promise<void>;
  readonly linkPolicy: (options: LinkOptions) => Promise<void>;
  readonly linkAudit: (options: LinkAuditOptions) => Promise<void>;
  readonly linkAuditVerify: (options: LinkOptions) => Promise<void>;
  readonly fhirCheck: (options: FhirCheckOptions) => Promise<void>;
  readonly fhirTry: (options: FhirTryOptions) => Promise<void>;
  readonly fhirTables: (options: FhirTablesOptions) => Promise<void>;
}
