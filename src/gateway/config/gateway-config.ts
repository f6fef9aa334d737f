import { isAbsolute, join, resolve } from 'node:path';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { LogLevel } from '../../lib/logger.ts';
import { NetworkList } from '../../lib/network-list.ts';
import { readSettings, type SettingValues } from './read-settings.ts';
import settings from './settings.json' with { type: 'json' };

/** Everything a gateway can be told, checked. */
export interface GatewayConfig {
  readonly host: string;
  readonly port: number;
  /** Undefined: made from host and port once the gateway listens. */
  readonly publicUrl: string | undefined;
  /** Undefined: plain HTTP. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
  /** Addresses and CIDR blocks. */
  readonly trustedProxies: readonly string[];
  readonly dataDir: string;
  readonly storeUrl: string;
  readonly busUrl: string;
  readonly blobUrl: string;
  readonly logLevel: LogLevel;
  readonly maxBodyBytes: number;
  readonly maxHeaders: number;
  readonly headersLimitMs: number;
  readonly requestLimitMs: number;
  readonly bodyStallMs: number;
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
  readonly maxHandshakes: number;
  readonly maxHandshakesPerAddress: number;
  readonly requestsPerSecond: number;
  readonly concurrentImmediateQueries: number;
  readonly dailyQueriesPerSite: number;
  readonly dailyBytesPerSite: number;
  readonly immediateExecutionLimitMs: number;
  readonly immediateMaxResultBytes: number;
  readonly registeredMinFrequencyS: number;
  readonly registeredMaxPerSite: number;
  readonly registeredExecutionLimitMs: number;
  readonly registeredMaxResultBytes: number;
  readonly asyncExecutionLimitMs: number;
  readonly asyncUploadLimitMs: number;
  readonly asyncPageBytes: number;
  readonly resultRetentionMs: number;
  readonly desktopTokenTtlS: number;
  readonly desktopClockSkewMs: number;
  readonly desktopKeyRotationMs: number;
  readonly siteWaitMs: number;
  readonly heartbeatIntervalMs: number;
  readonly unreachableAfterMs: number;
  readonly shutdownGraceMs: number;
  /** Addresses and CIDR blocks. */
  readonly webhookAllowedNetworks: readonly string[];
  readonly webhookTimeoutMs: number;
  readonly webhookFirstRetryMs: number;
  readonly webhookLongestRetryMs: number;
}

/** Kept apart from the configuration, so that it can be shown without them. */
export interface GatewaySecrets {
  /** Keys the hashes of subscription keys, and encrypts what is stored. */
  readonly secretKey: string;
  /** Undefined switches the operator's routes off. */
  readonly adminKey: string | undefined;
}

/** Environment variables, as the entry point hands them in. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads and checks the configuration. @throws ParhelionError `configInvalid` with a sentence that names the variable */
export function readGatewayConfig(env: Environment): {
  config: GatewayConfig;
  secrets: GatewaySecrets;
} {
  const values = readSettings(settings, env);
  const dataDir = resolve(values.text('dataDir'));
  const secretKey = values.text('secretKey');
  if (secretKey.length < 32) {
    throw invalid('PARHELION_SECRET_KEY must be set to a secret of 32 characters or more.');
  }
  const adminKey = values.text('adminKey');
  if (adminKey !== '' && adminKey.length < 16) {
    throw invalid('PARHELION_ADMIN_KEY must have 16 characters or more.');
  }
  const config: GatewayConfig = {
    host: values.text('host'),
    port: values.integer('port'),
    publicUrl: readPublicUrl(values.text('publicUrl')),
    tls: readTlsFiles(values.text('tlsCertFile'), values.text('tlsKeyFile')),
    trustedProxies: readNetworks('PARHELION_TRUSTED_PROXIES', values.text('trustedProxies')),
    dataDir,
    storeUrl: values.text('storeUrl') || `sqlite:${join(dataDir, 'gateway.db')}`,
    busUrl: values.text('busUrl'),
    blobUrl: absoluteFileUrl(values.text('blobUrl')) || `file:${join(dataDir, 'blobs')}`,
    logLevel: values.text('logLevel') as LogLevel,
    maxBodyBytes: values.integer('maxBodyBytes'),
    ...readCallLimits(values),
    ...readQueryLimits(values),
    resultRetentionMs: values.integer('resultRetentionMs'),
    desktopTokenTtlS: values.integer('desktopTokenTtlS'),
    desktopClockSkewMs: values.integer('desktopClockSkewMs'),
    desktopKeyRotationMs: values.integer('desktopKeyRotationMs'),
    siteWaitMs: values.integer('siteWaitMs'),
    heartbeatIntervalMs: values.integer('heartbeatIntervalMs'),
    unreachableAfterMs: values.integer('unreachableAfterMs'),
    shutdownGraceMs: values.integer('shutdownGraceMs'),
    webhookAllowedNetworks: readNetworks(
      'PARHELION_WEBHOOK_ALLOWED_NETWORKS',
      values.text('webhookAllowedNetworks'),
    ),
    webhookTimeoutMs: values.integer('webhookTimeoutMs'),
    webhookFirstRetryMs: values.integer('webhookFirstRetryMs'),
    webhookLongestRetryMs: values.integer('webhookLongestRetryMs'),
  };
  if (config.unreachableAfterMs <= config.heartbeatIntervalMs) {
    throw invalid(
      'PARHELION_UNREACHABLE_AFTER_MS must be longer than PARHELION_HEARTBEAT_INTERVAL_MS.',
    );
  }
  if (config.webhookLongestRetryMs < config.webhookFirstRetryMs) {
    throw invalid(
      'PARHELION_WEBHOOK_LONGEST_RETRY_MS must not be shorter than PARHELION_WEBHOOK_FIRST_RETRY_MS.',
    );
  }
  return { config, secrets: { secretKey, adminKey: adminKey || undefined } };
}

/** How long queries may take, and how much they may bring. */
function readQueryLimits(values: SettingValues) {
  return {
    immediateExecutionLimitMs: values.integer('immediateExecutionLimitMs'),
    immediateMaxResultBytes: values.integer('immediateMaxResultBytes'),
    registeredMinFrequencyS: values.integer('registeredMinFrequencyS'),
    registeredMaxPerSite: values.integer('registeredMaxPerSite'),
    registeredExecutionLimitMs: values.integer('registeredExecutionLimitMs'),
    registeredMaxResultBytes: values.integer('registeredMaxResultBytes'),
    asyncExecutionLimitMs: values.integer('asyncExecutionLimitMs'),
    asyncUploadLimitMs: values.integer('asyncUploadLimitMs'),
    asyncPageBytes: values.integer('asyncPageBytes'),
  };
}

/** What callers may ask of this gateway at a time, and in which time. */
function readCallLimits(values: SettingValues) {
  return {
    maxHeaders: values.integer('maxHeaders'),
    headersLimitMs: values.integer('headersLimitMs'),
    requestLimitMs: values.integer('requestLimitMs'),
    bodyStallMs: values.integer('bodyStallMs'),
    maxConnections: values.integer('maxConnections'),
    maxConnectionsPerAddress: values.integer('maxConnectionsPerAddress'),
    maxHandshakes: values.integer('maxHandshakes'),
    maxHandshakesPerAddress: values.integer('maxHandshakesPerAddress'),
    requestsPerSecond: values.integer('requestsPerSecond'),
    concurrentImmediateQueries: values.integer('concurrentImmediateQueries'),
    dailyQueriesPerSite: values.integer('dailyQueriesPerSite'),
    dailyBytesPerSite: values.integer('dailyBytesPerSite'),
  };
}

function readTlsFiles(certFile: string, keyFile: string): GatewayConfig['tls'] {
  if (certFile === '' && keyFile === '') return undefined;
  if (certFile === '' || keyFile === '') {
    throw invalid('PARHELION_TLS_CERT_FILE and PARHELION_TLS_KEY_FILE must be set together.');
  }
  return { certFile: resolve(certFile), keyFile: resolve(keyFile) };
}

function readNetworks(variable: string, text: string): readonly string[] {
  const entries = text.split(',').map((entry) => entry.trim());
  const networks = entries.filter((entry) => entry !== '');
  try {
    // Only to see whether all are understood.
    void new NetworkList(networks);
    return networks;
  } catch (error) {
    const why = error instanceof RangeError ? error.message : String(error);
    throw invalid(`${variable} must be addresses and CIDR blocks with commas between: ${why}.`);
  }
}

function readPublicUrl(text: string): string | undefined {
  if (text === '') return undefined;
  if (!URL.canParse(text) || !/^https?:/i.test(text)) {
    throw invalid('PARHELION_PUBLIC_URL must be an http:// or https:// address.');
  }
  return text.replace(/\/+$/, '');
}

function absoluteFileUrl(url: string): string {
  const path = /^file:(?!\/\/)(.+)$/.exec(url)?.[1];
  return path && !isAbsolute(path) ? `file:${resolve(path)}` : url;
}

function invalid(message: string): ParhelionError {
  return new ParhelionError('configInvalid', message);
}
