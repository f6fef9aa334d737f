import { createHash } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { Connection, type ConnectionConfiguration } from 'tedious';
import { SqlError } from '../../sql-error.ts';
import { unreachable, unsupported } from './errors.ts';
import type { TokenHandler } from './tedious-internals.ts';
import { TokenStream } from './token-stream.ts';

/** What must hold before credentials are sent. */
export interface TransportDemands {
  readonly isEncrypted: boolean;
  /** SHA-256 of the one certificate that is accepted, in lower-case hexadecimal without colons. */
  readonly pinnedSha256?: string | undefined;
}

/** tedious' connection, reading without loss and strict about encryption. */
export class TediousConnection extends Connection {
  readonly #demands: TransportDemands;
  #certificateSha256: string | undefined;

  constructor(config: ConnectionConfiguration, demands: TransportDemands) {
    super(config);
    this.#demands = demands;
    this.on('secure', (socket: TLSSocket) => {
      const { raw } = socket.getPeerCertificate();
      this.#certificateSha256 = createHash('sha256').update(raw).digest('hex');
    });
  }

  override createTokenStreamParser(
    ...[message, handler]: Parameters<Connection['createTokenStreamParser']>
  ): ReturnType<Connection['createTokenStreamParser']> {
    const tokens = new TokenStream(
      message,
      handler as unknown as TokenHandler,
      this.config.options,
      (error) => this.fail(error),
    );
    return tokens as unknown as ReturnType<Connection['createTokenStreamParser']>;
  }

  /** Encryption that was asked for may not have come about: tedious itself would go on in clear text. */
  override sendLogin7Packet(): void {
    const { isEncrypted, pinnedSha256 } = this.#demands;
    if (isEncrypted && this.#certificateSha256 === undefined) {
      throw unreachable('SQL Server does not offer encryption, and the link is set to require it.');
    }
    if (pinnedSha256 !== undefined && this.#certificateSha256 !== pinnedSha256) {
      throw unreachable(
        `The certificate of SQL Server is not the pinned one: its SHA-256 is ${this.#certificateSha256}.`,
      );
    }
    super.sendLogin7Packet();
  }

  /** Breaks the connection off; what runs on it fails with the error. */
  fail(error: Error): void {
    const failure = error instanceof SqlError ? error : unsupported(error.message, error);
    this.socket?.destroy(failure);
  }
}
