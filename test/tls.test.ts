import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasOpenssl, TestAuthority, type TestCertificate } from './support/certificates.ts';
import { TempFolder } from './support/dev-system.ts';
import { copyPractice } from './support/practice-copy.ts';
import { Program, runCommand } from './support/program.ts';
import { OPERATOR_KEY, startGateway } from './support/system.ts';
import { until } from './support/until.ts';

describe.skipIf(!hasOpenssl)('a gateway with a certificate', () => {
  const folder = new TempFolder();
  const at = (...names: string[]) => join(folder.path, ...names);
  let authority: TestAuthority;
  let gateway: { program: Program; url: string };

  const install = ({ certFile, keyFile }: TestCertificate) => {
    copyFileSync(certFile, at('gateway.pem'));
    copyFileSync(keyFile, at('gateway.key'));
  };

  beforeAll(async () => {
    authority = new TestAuthority(at('authority'));
    install(authority.issue(1));
    gateway = await startGateway({
      PARHELION_DATA_DIR: at('gateway'),
      PARHELION_TLS_CERT_FILE: at('gateway.pem'),
      PARHELION_TLS_KEY_FILE: at('gateway.key'),
    });
  });
  afterAll(async () => {
    await gateway.program.stop();
    folder[Symbol.dispose]();
  });

  interface Asked {
    readonly headers?: Record<string, string>;
    readonly ca?: string;
    /** Posted as JSON; left out, the request is a GET. */
    readonly body?: object;
  }

  /** One request on a connection of its own, and the serial number of the certificate it met. */
  function ask(path: string, { headers = {}, ca = authority.cert, body }: Asked = {}) {
    return new Promise<{ status: number; headers: object; text: string; serial: number }>(
      (resolve, reject) => {
        const method = body ? 'POST' : 'GET';
        const options = { ca, agent: false, headers, method };
        const call = request(gateway.url + path, options, (response) => {
          const { serialNumber } = (response.socket as TLSSocket).getPeerCertificate();
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => {
            text += part;
          });
          response.on('end', () => {
            const { statusCode: status = 0, headers: received } = response;
            resolve({ status, headers: received, text, serial: Number.parseInt(serialNumber, 16) });
          });
        });
        call.on('error', reject);
        call.end(body && JSON.stringify(body));
      },
    );
  }

  test('serves HTTPS alone, and says that it stays so', async () => {
    expect(gateway.url).toMatch(/^https:/);
    const { status, headers } = await ask('/healthz');
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'strict-transport-security': 'max-age=31536000' });
    await expect(ask('/healthz', { ca: readFileSync(at('gateway.pem'), 'utf8') })).rejects.toThrow(
      /certificate/,
    );
    await expect(fetch(`${gateway.url.replace('https', 'http')}/healthz`)).rejects.toThrow(
      'fetch failed',
    );
  });

  test('answers a request that offers another protocol', async () => {
    const answer = await ask('/healthz', {
      headers: { connection: 'Upgrade', upgrade: 'h2c' },
    });
    expect(answer.status).toBe(200);
  });

  test('takes a new certificate over while it serves, and never a broken one', async () => {
    install(authority.issue(2));
    await until('the new certificate is met', async () => (await ask('/healthz')).serial === 2);
    // A certificate without its key.
    copyFileSync(authority.issue(3).certFile, at('gateway.pem'));
    const { program } = gateway;
    const refused = (why: RegExp) => (line: Record<string, unknown>) =>
      why.test(String(line['why']));
    await program.logged('the pair does not fit', refused(/does not fit the certificate/));
    expect((await ask('/healthz')).serial).toBe(2);
    writeFileSync(at('gateway.pem'), 'no certificate');
    await program.logged('it is none', refused(/not a certificate in PEM form/));
    expect((await ask('/healthz')).serial).toBe(2);
    install(authority.issue(4));
    await until('the next certificate is met', async () => (await ask('/healthz')).serial === 4);
  });

  test('is reached by a link that trusts its private authority', async () => {
    const headers = { authorization: `Bearer ${OPERATOR_KEY}`, 'content-type': 'application/json' };
    const post = async (path: string, body: object) =>
      JSON.parse((await ask(path, { headers, body })).text) as unknown;
    const site = (await post('/admin/sites', {
      practiceManagementName: 'Best Practice',
      practiceManagementSiteId: 'BP-TLS',
    })) as { id: string };
    const { token } = (await post(`/admin/sites/${site.id}/enrolment-tokens`, {})) as {
      token: string;
    };
    const files = copyPractice(at('practice'));
    const flags = Object.entries(files).map(([name, file]) => `--catalogue=${name}=${file}`);
    const gatewayUrl = gateway.url;
    await runCommand(
      [
        'link',
        'enrol',
        '--gateway',
        gatewayUrl,
        '--token',
        token,
        '--data-dir',
        at('link'),
        ...flags,
      ],
      { NODE_EXTRA_CA_CERTS: authority.certFile },
    );
    const path = at('link', 'link.json');
    const config = JSON.parse(readFileSync(path, 'utf8')) as object;
    writeFileSync(path, JSON.stringify({ ...config, extraCaFile: authority.certFile }));
    await using _link = new Program(['link', 'run', '--data-dir', at('link')], {});
    const isOnline = async () => {
      const answer = await ask(`/admin/sites/${site.id}`, { headers });
      return (JSON.parse(answer.text) as { availability: string }).availability === 'online';
    };
    expect(await until('the site is online', isOnline)).toBe(true);
  });
});

describe.skipIf(!hasOpenssl)('a certificate that cannot be used', () => {
  const folder = new TempFolder();
  const authority = hasOpenssl ? new TestAuthority(folder.path) : undefined;
  afterAll(() => folder[Symbol.dispose]());

  test.each([
    ['without its key', (one: TestCertificate) => ({ ...env(one), PARHELION_TLS_KEY_FILE: '' })],
    [
      'that is missing',
      (one: TestCertificate) => ({ ...env(one), PARHELION_TLS_CERT_FILE: '/no' }),
    ],
    [
      'with the key of another',
      (one: TestCertificate, other: TestCertificate) => ({
        ...env(one),
        PARHELION_TLS_KEY_FILE: other.keyFile,
      }),
    ],
  ])('%s stops the start with a sentence', async (_name, settings) => {
    const [one, other] = [authority?.issue(1), authority?.issue(2)];
    if (!one || !other) throw new Error('There is no authority.');
    const program = new Program(['gateway'], {
      PARHELION_DATA_DIR: join(folder.path, 'gateway'),
      PARHELION_SECRET_KEY: 'x'.repeat(32),
      PARHELION_PORT: '0',
      ...settings(one, other),
    });
    expect((await program.exit).code).toBe(1);
    expect(program.stderr).toContain('PARHELION_TLS_KEY_FILE');
    expect(program.output).not.toContain('PRIVATE KEY');
  });

  function env({ certFile, keyFile }: TestCertificate) {
    return { PARHELION_TLS_CERT_FILE: certFile, PARHELION_TLS_KEY_FILE: keyFile };
  }
});
