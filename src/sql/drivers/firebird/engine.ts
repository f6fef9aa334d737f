import type { Engine } from '../../engine.ts';
import { FirebirdOptions } from './options.ts';

const LOGIN_REFUSED = 335_544_472;

/** The server cannot open the file, does not know it, has shut it, or it is no database. */
const DATABASE_REFUSED = new Set([335_544_323, 335_544_344, 335_544_375, 335_544_528, 335_544_734]);

const WIRE_CRYPT: Readonly<Record<string, string>> = {
  required: 'required',
  optional: 'enabled',
  off: 'disabled',
};

/** Firebird, by its own logins. */
export const firebirdEngine: Engine<FirebirdOptions> = {
  title: 'Firebird',
  optionsSchema: FirebirdOptions,
  credentialFields: ['user', 'password'],
  settings: {
    server: { isRequired: true, question: 'Name or address of the Firebird server' },
    port: { question: 'Port (empty for 3050)' },
    user: { isRequired: true, question: 'Login' },
    password: { isRequired: true, question: 'Password' },
    charset: { default: 'UTF8', question: 'Character set of the database, UTF8 or WIN1252' },
    encrypt: {},
  },
  location: {
    question: 'Its path or alias on the server',
    isRequired: true,
    isLocalFile: false,
  },
  toOptions({ settings, secret, catalogues, maxConnections }) {
    const { server, port, user, charset, encrypt } = settings;
    return {
      driver: 'firebird',
      host: server,
      ...(port !== undefined && { port: Number(port) }),
      user,
      ...secret,
      charset,
      ...(encrypt !== undefined && { wireCrypt: WIRE_CRYPT[encrypt] ?? encrypt }),
      catalogues: catalogues.map(({ name, location, isDefault }) => ({
        name,
        file: location,
        isDefault,
      })),
      maxConnections,
    };
  },
  resolveFiles: (options) => options,
  describe: ({ host, port }) => `Firebird at ${host}${port === undefined ? '' : `:${port}`}`,
  createDriver: async (options) =>
    (await import('./create-firebird-driver.ts')).createFirebirdDriver(options),
  diagnose({ errorType, errorCode, message }) {
    if (errorCode === LOGIN_REFUSED) return 'loginFailed';
    if (/wire encryption|wirecrypt/i.test(message)) return 'encryptionMismatch';
    return errorType === 'fbsql' && DATABASE_REFUSED.has(errorCode) ? 'databaseMissing' : undefined;
  },
};
