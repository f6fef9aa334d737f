import { describe, expect, it } from 'vitest';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { AddressGuard } from './address-guard.ts';
import { checkWebhookUrl, expandUrl } from './webhook-url.ts';

const strict = new AddressGuard([]);
const lenient = new AddressGuard(['127.0.0.0/8']);
const message = { siteId: 'a/b ü', queryId: '9?&=', source: 'async' } as const;

function refusal(url: string, guard = strict): string | undefined {
  try {
    checkWebhookUrl(url, guard);
    return undefined;
  } catch (error) {
    return error instanceof ParhelionError && error.code === 'invalidRequest'
      ? error.message
      : `unexpected ${String(error)}`;
  }
}

describe('the templates of an address', () => {
  it('are replaced by URL-encoded values, in path and query, as often as they stand there', () => {
    const url = 'https://example.com/{source}/{siteId}?q={queryId}&s={siteId}';
    expect(refusal(url)).toBeUndefined();
    expect(expandUrl(url, message).href).toBe(
      'https://example.com/async/a%2Fb%20%C3%BC?q=9%3F%26%3D&s=a%2Fb%20%C3%BC',
    );
  });

  it.each([
    ['https://example.com/{siteid}', '{siteid}'],
    ['https://example.com/{siteId}/{practice}', '{practice}'],
    ['https://example.com/{}', '{}'],
    ['https://example.com/{ siteId}', 'spaces'],
    ['https://example.com/{siteId', 'brace that belongs to no template'],
    ['https://example.com/{{siteId}}', 'brace that belongs to no template'],
    ['https://{siteId}.example.com/', 'templates before its path'],
    ['https://example.com:{siteId}/', 'templates before its path'],
  ])('%s is refused: it says %s', (url, why) => {
    expect(refusal(url)).toMatch(/^body\.url /);
    expect(refusal(url)).toContain(why);
  });
});

describe('an address', () => {
  it.each([
    'https://example.com',
    'https://example.com:8443/x#fragment',
    'HTTPS://EXAMPLE.COM/',
    'https://8.8.8.8/x',
    'https://[2606:4700::1111]/x',
    'https://bücher.example/x',
  ])('%s is taken', (url) => {
    expect(refusal(url)).toBeUndefined();
  });

  it.each([
    ['', 'https:// address'],
    ['example.com/x', 'https:// address'],
    ['ftp://example.com/', 'https:// address'],
    ['file:///etc/passwd', 'https:// address'],
    ['javascript:alert(1)', 'https:// address'],
    ['https://', 'https:// address'],
    ['http://example.com/', 'https:// address'],
    ['http://8.8.8.8/', 'https:// address'],
    ['https://user:word@example.com/', 'user name'],
    ['https://user@example.com/', 'user name'],
    ['https://example.com/a b', 'spaces'],
    ['https://exam\tple.com/', 'control characters'],
    [`https://example.com/${'x'.repeat(2000)}`, 'at most 2000'],
    ['https://127.0.0.1/', 'private, loopback'],
    ['https://127.1/', 'private, loopback'],
    ['https://0x7f.1/', 'private, loopback'],
    ['https://0177.0.0.1/', 'private, loopback'],
    ['https://2130706433/', 'private, loopback'],
    ['https://127.0.0.1./', 'private, loopback'],
    ['https://①②⑦.0.0.1/', 'private, loopback'],
    ['https://0/', 'private, loopback'],
    ['https://10.1.2.3:8443/x', 'private, loopback'],
    ['https://169.254.169.254/latest/meta-data', 'private, loopback'],
    ['https://[::1]/', 'private, loopback'],
    ['https://[::ffff:127.0.0.1]/', 'private, loopback'],
    ['https://[::127.0.0.1]/', 'private, loopback'],
    ['https://[fd00::1]/', 'private, loopback'],
    ['https://localhost/', 'private, loopback'],
    ['https://LOCALHOST./', 'private, loopback'],
    ['https://api.localhost:9/', 'private, loopback'],
  ])('%s is refused: it says %s', (url, why) => {
    expect(refusal(url)).toMatch(/^body\.url /);
    expect(refusal(url)).toContain(why);
  });

  it.each(['http://127.0.0.1:9/', 'https://127.1/', 'http://localhost:9/', 'http://sandbox.test/'])(
    '%s is taken where the operator allows loopback',
    (url) => {
      expect(refusal(url, lenient)).toBeUndefined();
    },
  );

  it.each(['http://8.8.8.8/', 'https://10.0.0.1/', 'http://10.0.0.1/', 'https://[::1]/'])(
    '%s is refused there too',
    (url) => {
      expect(refusal(url, lenient)).toMatch(/^body\.url must/);
    },
  );
});
