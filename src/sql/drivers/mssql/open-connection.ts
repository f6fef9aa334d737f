import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { ConnectionConfiguration } from 'tedious';
import { deferred } from '../../../lib/deferred.ts';
import { cancelled, connectFailure, loginError, type ServerError, unreachable } from './errors.ts';
import type { MssqlOptions } from './options.ts';
import { TediousConnection, type TransportDemands } from './tedious-connection.ts';

const DEFAULT_CONNECT_TIMEOUT_MS = 15_000;
const DEFAULT_PORT = 1433;

/** The largest that TLS carries in one record. */
const PACKET_BYTES = 16_384;

/** Stands for a server that is addressed by number, which TLS does not take as a name. */
const UNNAMED_SERVER = 'sql-server';

function serverText({ server, port, instanceName }: MssqlOptions): string {
  return instanceName === undefined
    ? `${server}:${port ?? DEFAULT_PORT}`
    : `${server}\\${instanceName}`;
}

function authenticationOf({
  authentication,
}: MssqlOptions): NonNullable<ConnectionConfiguration['authentication']> {
  const { user: userName, password } = authentication;
  return authentication.type === 'sql'
    ? { type: 'default', options: { userName, password } }
    : { type: 'ntlm', options: { userName, password, domain: authentication.domain } };
}

async function readAuthorities(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const message = `The file of certificate authorities ${file} cannot be read.`;
    throw unreachable(message, error);
  }
}

async function tlsOptions(options: MssqlOptions): Promise<ConnectionConfiguration['options']> {
  const { certificate = { trust: 'system' }, server } = options;
  if (options.encrypt === 'off') return { encrypt: false };
  const isVerifiedByTls = certificate.trust === 'system' || certificate.trust === 'ca';
  return {
    encrypt: true,
    trustServerCertificate: !isVerifiedByTls,
    ...(!isVerifiedByTls && isIP(server) && { serverName: UNNAMED_SERVER }),
    ...(certificate.trust === 'ca' && {
      cryptoCredentialsDetails: { ca: await readAuthorities(certificate.file) },
    }),
  };
}

function demandsOf({ encrypt, certificate }: MssqlOptions): TransportDemands {
  const isEncrypted = encrypt === 'required';
  const isPinned = isEncrypted && certificate?.trust === 'pinned';
  return {
    isEncrypted,
    pinnedSha256: isPinned ? certificate.sha256.replaceAll(':', '').toLowerCase() : undefined,
  };
}

async function configurationOf(
  options: MssqlOptions,
  database: string,
): Promise<ConnectionConfiguration> {
  const { server, port, instanceName, connectTimeoutMs } = options;
  return {
    server,
    authentication: authenticationOf(options),
    options: {
      ...(instanceName === undefined ? { port: port ?? DEFAULT_PORT } : { instanceName }),
      database,
      appName: 'Parhelion',
      connectTimeout: connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
      // Limits and the wait for a cancel are kept by the driver and its callers.
      requestTimeout: 0,
      cancelTimeout: 0,
      maxRetriesOnTransientErrors: 0,
      packetSize: PACKET_BYTES,
      // The login's own settings decide how dates in a statement's text are read.
      language: null,
      dateFormat: null,
      datefirst: null,
      ...(await tlsOptions(options)),
    } as NonNullable<ConnectionConfiguration['options']>,
  };
}

/**
 * Connects and logs in. @throws SqlError `connection`: SQL Server's own number and text when it refused the login, a
 * plain sentence otherwise; `cancelled` by the signal
 */
export async function openTediousConnection(
  options: MssqlOptions,
  database: string,
  signal: AbortSignal,
): Promise<TediousConnection> {
  const configuration = await configurationOf(options, database);
  if (signal.aborted) throw cancelled(signal);
  const connection = new TediousConnection(configuration, demandsOf(options));
  const limit = AbortSignal.timeout(options.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS);
  const connected = deferred<void>();
  let refusal: ServerError | undefined;
  connection.on('errorMessage', (token: ServerError) => {
    refusal ??= token;
  });
  // What goes wrong is told to whoever executes; an event that nobody heard would end the process.
  connection.on('error', () => {});
  connection.connect((error) => (error ? connected.reject(error) : connected.resolve()));
  const giveUp = (): void => {
    const timeOut = Object.assign(new Error('Time-out'), { code: 'ETIMEOUT' });
    connected.reject(timeOut);
    connection.fail(timeOut);
  };
  signal.addEventListener('abort', giveUp, { once: true });
  limit.addEventListener('abort', giveUp, { once: true });
  try {
    await connected.promise;
    return connection;
  } catch (error) {
    closeOnceConnected(connection);
    if (signal.aborted) throw cancelled(signal);
    throw refusal ? loginError(refusal, error) : connectFailure(error, serverText(options));
  } finally {
    signal.removeEventListener('abort', giveUp);
    limit.removeEventListener('abort', giveUp);
  }
}

/** tedious cannot be stopped while it looks for the server: what it may still reach is closed then. */
function closeOnceConnected(connection: TediousConnection): void {
  connection.on('connect', () => connection.close());
  connection.close();
}
