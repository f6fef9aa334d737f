import type { Driver } from '../../sql/driver.ts';
import { ENGINES, type Engines } from '../../sql/drivers/engines.ts';
import type { Engine, EngineHost, EngineOptions } from '../../sql/engine.ts';
import { SqlError } from '../../sql/sql-error.ts';
import type { LinkConfig } from '../config/link-config.ts';
import { withPasswords } from '../config/password-env.ts';

/** The practice's database as a link's configuration describes it. */
export interface ConfiguredDatabase {
  readonly engine: Engine;
  /** Where it is, for people. */
  readonly place: string;
  /** Opens connections; its logins are those of {@link loginOf}. */
  readonly driver: Driver;
  /** Names of the logins beside the default one. */
  readonly logins: readonly string[];
  /** The login of an integrator that has credentials of its own. */
  readonly loginOf: (integratorId: string) => string | undefined;
}

export interface OpenDatabaseOptions {
  readonly config: Pick<LinkConfig, 'database' | 'databases'>;
  readonly host: EngineHost;
  /** Resolves paths that count from the link's data folder. */
  readonly resolvePath: (path: string) => string;
  /** Where `passwordEnv` is looked up. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly engines?: Engines;
}

/** Makes the drivers; nothing is connected yet. @throws ParhelionError when a password is not to be had */
export async function openDatabase(options: OpenDatabaseOptions): Promise<ConfiguredDatabase> {
  const { config, host, env, resolvePath } = options;
  const engines: Engines = options.engines ?? ENGINES;
  const engine = engines[config.database.driver];
  if (!engine) throw new RangeError('The configuration has not been checked.');
  const database = withPasswords(config.database, 'database', env) as EngineOptions;
  const databases = withPasswords(config.databases ?? {}, 'databases', env);
  const base = engine.resolveFiles(database, resolvePath);
  const createDriver = (credentials: object) =>
    engine.createDriver({ ...base, ...credentials }, host);
  const { byIntegrator = {} } = databases as NonNullable<LinkConfig['databases']>;
  const drivers = new Map<string, Driver>();
  const byCredentials = new Map<string, string>();
  const byId = new Map<string, string>();
  for (const [integratorId, credentials] of Object.entries(byIntegrator)) {
    const key = JSON.stringify(credentials);
    const login = byCredentials.get(key) ?? `login ${byCredentials.size + 1}`;
    byCredentials.set(key, login);
    byId.set(integratorId, login);
    if (!drivers.has(login)) drivers.set(login, await createDriver(credentials));
  }
  return {
    engine,
    place: engine.describe(base),
    driver: joinDrivers(await createDriver({}), drivers),
    logins: [...drivers.keys()],
    loginOf: (integratorId) => byId.get(integratorId),
  };
}

/** One driver whose connections are those of the login's own. */
function joinDrivers(defaultDriver: Driver, byLogin: ReadonlyMap<string, Driver>): Driver {
  return {
    engine: defaultDriver.engine,
    async connect({ login, ...options }) {
      const driver = login === undefined ? defaultDriver : byLogin.get(login);
      // Another login's rights must never stand in for a missing one.
      if (!driver) throw new SqlError('connection', 'haloLink', 1004, 'There is no such login.');
      return driver.connect(options);
    },
  };
}
