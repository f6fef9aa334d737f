import type { Engine } from '../../engine.ts';
import { MssqlOptions } from './options.ts';

/** Numbers of SQL Server with which it refuses a login: unknown, wrong, disabled, locked, expired. */
const LOGIN_REFUSED = new Set([
  18_450, 18_451, 18_452, 18_456, 18_458, 18_459, 18_461, 18_463, 18_464, 18_465, 18_466, 18_467,
  18_468, 18_470, 18_486, 18_487, 18_488,
]);

/** The login is good, but the database is missing, offline or closed to it. */
const DATABASE_REFUSED = new Set([911, 916, 4_060, 4_063, 4_064]);

/** `system`, `any`, `ca:<file>` or `pinned:<sha256>`; anything else is left for the schema to refuse. */
function toCertificate(text: string): unknown {
  const [trust, ...rest] = text.split(':');
  const argument = rest.join(':');
  if (trust === 'ca') return { trust, file: argument };
  if (trust === 'pinned') return { trust, sha256: argument };
  return { trust };
}

/** SQL Server, by its own logins or with NTLM. */
export const mssqlEngine: Engine<MssqlOptions> = {
  title: 'SQL Server',
  optionsSchema: MssqlOptions,
  credentialFields: ['authentication'],
  settings: {
    server: { isRequired: true, question: 'Name or address of the SQL Server' },
    instance: { question: 'Name of its instance (empty for none)' },
    port: { question: 'Port (empty for 1433, or for the one of the instance)' },
    domain: { question: 'Windows domain of the login (empty for a login of SQL Server)' },
    user: { isRequired: true, question: 'Login' },
    password: { isRequired: true, question: 'Password' },
    encrypt: { default: 'required' },
    trust: {},
    timeZone: {},
  },
  location: {
    question: 'Its database on the server (empty for the same name)',
    isRequired: false,
    isLocalFile: false,
  },
  toOptions({ settings, secret, catalogues, maxConnections }) {
    const { server, port, instance, domain, user, encrypt, trust, timeZone } = settings;
    return {
      driver: 'mssql',
      server,
      ...(port !== undefined && { port: Number(port) }),
      ...(instance !== undefined && { instanceName: instance }),
      authentication:
        domain === undefined
          ? { type: 'sql', user, ...secret }
          : { type: 'ntlm', domain, user, ...secret },
      encrypt,
      ...(trust !== undefined && { certificate: toCertificate(trust) }),
      catalogues: catalogues.map(({ name, location, isDefault }) => ({
        name,
        ...(location !== undefined && { database: location }),
        isDefault,
      })),
      maxConnections,
      ...(timeZone !== undefined && { timeZone }),
    };
  },
  resolveFiles(options, resolve) {
    const { certificate } = options;
    if (certificate?.trust !== 'ca') return options;
    return { ...options, certificate: { ...certificate, file: resolve(certificate.file) } };
  },
  describe: ({ server, port, instanceName }) =>
    `SQL Server at ${server}${instanceName === undefined ? '' : `\\${instanceName}`}${port === undefined ? '' : `:${port}`}`,
  createDriver: async (options) =>
    (await import('./create-mssql-driver.ts')).createMssqlDriver(options),
  diagnose({ errorType, errorCode }) {
    if (errorType !== 'mssql') return undefined;
    if (LOGIN_REFUSED.has(errorCode)) return 'loginFailed';
    return DATABASE_REFUSED.has(errorCode) ? 'databaseMissing' : undefined;
  },
};
