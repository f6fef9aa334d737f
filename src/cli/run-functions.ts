/** Commands that read all their settings from the environment. */
type NoOptions = Readonly<Record<string, never>>;

export interface Catalogue {
  readonly name: string;
  readonly path: string;
}

export interface LinkDatabaseOptions {
  readonly driver: 'sqlite';
  readonly catalogues: readonly Catalogue[];
  /** Name of one of the catalogues. */
  readonly defaultCatalogue: string;
}

export interface LinkOptions {
  readonly dataDir?: string;
}

export interface LinkEnrolOptions extends LinkOptions {
  /** Address of the gateway, checked, without a slash at its end. */
  readonly gateway: string;
  readonly token: string;
  /** Replaces an identity that is already there. */
  readonly force: boolean;
  readonly database?: LinkDatabaseOptions;
}

/** What the commands of servers and link run. A rejection's message is the one sentence that the user reads. */
export interface RunFunctions {
  readonly dev: (options: NoOptions) => Promise<void>;
  readonly gateway: (options: NoOptions) => Promise<void>;
  readonly linkRun: (options: LinkOptions) => Promise<void>;
  readonly linkEnrol: (options: LinkEnrolOptions) => Promise<void>;
  readonly linkPairCode: (options: LinkOptions) => Promise<void>;
}
