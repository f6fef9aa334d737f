import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Without `openssl` tests of TLS are skipped, unless `PARHELION_REQUIRE_SERVICES=1`. */
export const hasOpenssl = process.env['PARHELION_REQUIRE_SERVICES'] === '1' || isInstalled();

function isInstalled(): boolean {
  return spawnSync('openssl', ['version']).status === 0;
}

/** A certificate and its key, and the files they stand in. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/** A certificate authority of a test, below which it makes certificates for `localhost`. */
export class TestAuthority {
  readonly cert: string;
  readonly certFile: string;
  readonly #folder: string;
  readonly #keyFile: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
    this.certFile = join(folder, 'authority.pem');
    this.#keyFile = join(folder, 'authority.key');
    openssl('req', '-x509', '-subj', '/CN=Authority of the tests', '-days', '2', ...NEW_KEY, [
      '-keyout',
      this.#keyFile,
      '-out',
      this.certFile,
    ]);
    this.cert = readFileSync(this.certFile, 'utf8');
  }

  /** @param serial tells certificates apart */
  issue(serial: number): TestCertificate {
    const path = (end: string) => join(this.#folder, `${serial}.${end}`);
    const [request, certFile, keyFile, extensions] = ['csr', 'pem', 'key', 'ext'].map(path) as [
      string,
      string,
      string,
      string,
    ];
    writeFileSync(extensions, 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
    openssl('req', '-subj', '/CN=localhost', ...NEW_KEY, ['-keyout', keyFile, '-out', request]);
    openssl('x509', '-req', '-days', '2', '-set_serial', String(serial), [
      '-in',
      request,
      '-CA',
      this.certFile,
      '-CAkey',
      this.#keyFile,
      '-extfile',
      extensions,
      '-out',
      certFile,
    ]);
    const [cert, key] = [readFileSync(certFile, 'utf8'), readFileSync(keyFile, 'utf8')];
    return { cert, key, certFile, keyFile };
  }
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

function openssl(...args: (string | string[])[]): void {
  execFileSync('openssl', args.flat(), { stdio: 'pipe' });
}
