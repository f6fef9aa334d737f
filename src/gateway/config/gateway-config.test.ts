import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { readGatewayConfig } from './gateway-config.ts';

const secretKey = 'x'.repeat(32);
const read = (env: Record<string, string> = {}) =>
  readGatewayConfig({ PARHELION_SECRET_KEY: secretKey, ...env });

describe('readGatewayConfig', () => {
  it('needs nothing but the secret key', () => {
    const { config, secrets } = read({ PARHELION_DATA_DIR: '/var/lib/parhelion' });
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      publicUrl: undefined,
      storeUrl: `sqlite:${join('/var/lib/parhelion', 'gateway.db')}`,
      blobUrl: `file:${join('/var/lib/parhelion', 'blobs')}`,
      busUrl: '',
      immediateExecutionLimitMs: 60_000,
      immediateMaxResultBytes: 8 * 1024 * 1024,
      unreachableAfterMs: 120_000,
    });
    expect(secrets).toEqual({ secretKey, adminKey: undefined });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(read({ PARHELION_PORT: '', PARHELION_STORE_URL: '' }).config.port).toBe(8080);
  });

  it('reads a list of networks, with spaces and without', () => {
    const { config } = read({ PARHELION_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8, ::1,,10.1.2.3' });
    expect(config.webhookAllowedNetworks).toEqual(['127.0.0.0/8', '::1', '10.1.2.3']);
    expect(read().config.webhookAllowedNetworks).toEqual([]);
  });

  it.each([
    [{ PARHELION_TLS_CERT_FILE: 'a.pem' }, 'PARHELION_TLS_KEY_FILE must be set together'],
    [{ PARHELION_TRUSTED_PROXIES: '10.0.0.0/8, proxy' }, 'PARHELION_TRUSTED_PROXIES must be'],
    [{ PARHELION_REQUESTS_PER_SECOND: '0' }, 'PARHELION_REQUESTS_PER_SECOND must be'],
  ])('refuses %j and names the variable', (env, message) => {
    expect(() => read(env)).toThrow(message);
  });

  it('drops the slashes at the end of the public address', () => {
    const { config } = read({ PARHELION_PUBLIC_URL: 'https://api.example.com/halo//' });
    expect(config.publicUrl).toBe('https://api.example.com/halo');
  });

  it.each([
    ['PARHELION_SECRET_KEY', 'short', 'a secret of 32 characters or more'],
    ['PARHELION_ADMIN_KEY', 'short', '16 characters or more'],
    ['PARHELION_PORT', '80a', 'a whole number from 0 to 65535'],
    ['PARHELION_PORT', '65536', 'a whole number from 0 to 65535'],
    ['PARHELION_LOG_LEVEL', 'loud', 'one of silent, error, warn, info, debug'],
    ['PARHELION_PUBLIC_URL', 'ftp://example.com', 'an http:// or https:// address'],
    ['PARHELION_WEBHOOK_ALLOWED_NETWORKS', '10.0.0.0/8, intranet', '"intranet" is neither'],
    ['PARHELION_WEBHOOK_LONGEST_RETRY_MS', '4999', 'shorter than PARHELION_WEBHOOK_FIRST_RETRY_MS'],
    ['PARHELION_UNREACHABLE_AFTER_MS', '20000', 'longer than PARHELION_HEARTBEAT_INTERVAL_MS'],
  ])('refuses %s=%s and says what it must be', (variable, value, rule) => {
    expect(() => read({ [variable]: value })).toThrowError(
      expect.objectContaining({
        code: 'configInvalid',
        message: expect.stringMatching(new RegExp(`^${variable} must .*${rule}`)),
      }),
    );
  });

  it('never shows a secret in a refusal', () => {
    const refused = () => read({ PARHELION_SECRET_KEY: 'canary' });
    expect(refused).toThrowError(ParhelionError);
    expect(refused).not.toThrowError(/canary/);
  });
});
