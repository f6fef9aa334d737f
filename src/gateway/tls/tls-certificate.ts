import { createHash } from 'node:crypto';
import type { Server as HttpsServer } from 'node:https';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import {
  type CertificateFiles,
  type CertificatePair,
  checkPair,
  readPair,
} from './certificate-pair.ts';

export interface TlsCertificateOptions {
  readonly files: CertificateFiles;
  readonly clock: Clock;
  readonly logger: Logger;
}

const DAY_MS = 24 * 60 * 60_000;
const WARN_BEFORE_MS = 14 * DAY_MS;

/** The gateway's certificate. A new pair of files is taken over while it serves; a broken one never. */
export class TlsCertificate {
  readonly #options: TlsCertificateOptions;
  #pair: CertificatePair;
  #validTo: Date;
  /** Fingerprint of what the files held when they were last looked at. */
  #seen: string;
  #handled: string;
  #warnedAt = 0;

  private constructor(options: TlsCertificateOptions, pair: CertificatePair, validTo: Date) {
    this.#options = options;
    this.#pair = pair;
    this.#validTo = validTo;
    this.#seen = fingerprint(pair);
    this.#handled = this.#seen;
  }

  /** @throws ParhelionError `configInvalid` that says what is wrong with which file */
  static async open(options: TlsCertificateOptions): Promise<TlsCertificate> {
    try {
      const pair = await readPair(options.files);
      return new TlsCertificate(options, pair, checkPair(pair));
    } catch (error) {
      throw new ParhelionError(
        'configInvalid',
        `TLS cannot be used: ${(error as Error).message}. See PARHELION_TLS_CERT_FILE and PARHELION_TLS_KEY_FILE.`,
      );
    }
  }

  get pair(): CertificatePair {
    return this.#pair;
  }

  /**
   * Looks at the files, and lets new connections of a server use what they hold. What was just written is looked at
   * twice: certificate and key are two files, and change one after the other.
   */
  async refresh(server: Pick<HttpsServer, 'setSecureContext'>): Promise<void> {
    this.#warnOfExpiry();
    const { logger, files } = this.#options;
    let found: CertificatePair | undefined;
    let why = '';
    try {
      found = await readPair(files);
    } catch (error) {
      why = (error as Error).message;
    }
    const seen = found ? fingerprint(found) : why;
    const isSteady = seen === this.#seen;
    this.#seen = seen;
    if (!isSteady || seen === this.#handled) return;
    this.#handled = seen;
    try {
      if (!found) throw new Error(why);
      const validTo = checkPair(found);
      server.setSecureContext({ ...found });
      this.#pair = found;
      this.#validTo = validTo;
      this.#warnedAt = 0;
      logger.info({ validTo: validTo.toISOString() }, 'certificate renewed');
    } catch (error) {
      const { message } = error as Error;
      logger.error({ why: message }, 'new certificate not usable, the old one stays');
    }
  }

  #warnOfExpiry(): void {
    const { clock, logger } = this.#options;
    const now = clock.now();
    if (this.#validTo.getTime() - now > WARN_BEFORE_MS || now - this.#warnedAt < DAY_MS) return;
    this.#warnedAt = now;
    logger.warn({ validTo: this.#validTo.toISOString() }, 'certificate ends soon');
  }
}

function fingerprint({ cert, key }: CertificatePair): string {
  return createHash('sha256').update(cert).update('\0').update(key).digest('hex');
}
