import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Deferred, deferred } from '../../../src/lib/deferred.ts';
import type { Answer, AnswerPart } from './answers.ts';
import { failed } from './answers.ts';
import { LATIN1 } from './column-kinds.ts';
import { type Login, ntlmChallenge, readLogin, readNtlmAnswer } from './login.ts';
import { type ClientMessage, MESSAGE, MessageReader, PacketWriter } from './packets.ts';
import type { PeerRecord, TdsPeerOptions } from './peer-options.ts';
import { ENCRYPTION, preloginAnswer, readEncryption } from './prelogin.ts';
import {
  type PeerRequest,
  readBatch,
  readRpc,
  readTransaction,
  readTransactionDescriptor,
  type TransactionAction,
} from './requests.ts';
import { beginTls } from './tls-in-tds.ts';
import { doneToken, environment, errorToken, loginAckToken, sspiToken } from './tokens.ts';

/** A request that names another transaction than the session's. */
const STALE_DESCRIPTOR = failed({
  number: 3989,
  message:
    'New request is not allowed to start because it should come with valid transaction descriptor.',
});

/** Before the login is over, packets have this size. */
const FIRST_PACKET_BYTES = 4096;

/** One client of the peer. */
export class PeerSession {
  readonly #socket: Socket;
  readonly #options: TdsPeerOptions;
  readonly #record: PeerRecord;
  readonly #reader = new MessageReader();
  #stream: Duplex;
  #receiveTls: ((chunk: Buffer) => void) | undefined;
  #packetBytes = FIRST_PACKET_BYTES;
  #login: Login | undefined;
  #hasInitialSettings = false;
  /** Descriptor of the open transaction; 0 is none. */
  #transaction = 0n;
  #transactions = 0n;
  readonly #ended = new AbortController();
  #attention = new AbortController();
  #work: Promise<void> = Promise.resolve();
  /** Set while the client takes no more bytes. */
  #drained: Deferred<void> | undefined;

  private constructor(socket: Socket, options: TdsPeerOptions, record: PeerRecord) {
    this.#socket = socket;
    this.#stream = socket;
    this.#options = options;
    this.#record = record;
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#ended.abort();
      this.#attention.abort();
      this.#drained?.resolve();
    });
    socket.on('data', (chunk: Buffer) => {
      if (this.#receiveTls) this.#receiveTls(chunk);
      else this.#receive(chunk);
    });
  }

  /** Serves a client until its socket closes. */
  static serve(socket: Socket, options: TdsPeerOptions, record: PeerRecord): PeerSession {
    return new PeerSession(socket, options, record);
  }

  #receive(chunk: Buffer): void {
    for (const message of this.#reader.read(chunk)) {
      if (message.kind === MESSAGE.attention) {
        this.#record.attentions += 1;
        this.#attention.abort();
        this.#work = this.#work.then(() => this.#acknowledge());
      } else {
        this.#work = this.#work.then(() => this.#take(message));
      }
    }
  }

  /** The running message has ended; that it was stopped is told in a message of its own. */
  async #acknowledge(): Promise<void> {
    this.#attention = new AbortController();
    await this.#send([doneToken({ isAttention: true })]);
  }

  async #take(message: ClientMessage): Promise<void> {
    try {
      if (message.isReset) this.#record.resets += 1;
      if (message.isReset && this.#transaction !== 0n) throw new Error('A transaction is open.');
      if (message.isIgnored) await this.#send([doneToken({ isError: true })]);
      else await this.#carryOut(message);
    } catch {
      this.#socket.destroy();
    }
  }

  async #carryOut({ kind, body }: ClientMessage): Promise<void> {
    switch (kind) {
      case MESSAGE.prelogin:
        return this.#prelogin(body);
      case MESSAGE.login:
        return this.#logIn(readLogin(body));
      case MESSAGE.sspi:
        this.#record.ntlmAnswers.push(readNtlmAnswer(body));
        return this.#welcome(this.#login as Login);
      case MESSAGE.sqlBatch:
        return this.#answer(readBatch(body), body);
      case MESSAGE.rpc:
        return this.#answer(readRpc(body), body);
      case MESSAGE.transactionManager:
        return this.#answer(readTransaction(body), body);
      default:
        throw new Error(`The peer does not know messages of kind ${kind}.`);
    }
  }

  async #prelogin(body: Buffer): Promise<void> {
    const { encryption = 'off' } = this.#options;
    const isWanted = readEncryption(body) !== ENCRYPTION.notSupported;
    const isTls = encryption !== 'off' && (isWanted || encryption === 'required');
    const answer = isTls
      ? encryption === 'required'
        ? ENCRYPTION.required
        : ENCRYPTION.on
      : ENCRYPTION.notSupported;
    await this.#send([preloginAnswer(answer)]);
    if (!isTls || !isWanted) return;
    const { clear, receive } = beginTls(this.#socket);
    clear.on('error', () => this.#socket.destroy());
    clear.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#stream = clear;
    this.#receiveTls = receive;
  }

  async #logIn(login: Login): Promise<void> {
    const { user = 'link', password = 'secret', databases = ['Practice'] } = this.#options;
    this.#record.logins.push(login);
    this.#login = login;
    if (this.#options.silentAt === 'login') return;
    if (login.sspi.length > 0) return this.#send([sspiToken(ntlmChallenge())]);
    const refusal = errorToken({
      number: 18_456,
      class: 14,
      message: `Login failed for user '${login.user}'.`,
    });
    if (login.user !== user || login.password !== password) return this.#refuse([refusal]);
    if (!databases.includes(login.database)) {
      const message = `Cannot open database "${login.database}" requested by the login. The login failed.`;
      return this.#refuse([errorToken({ number: 4060, class: 11, message }), refusal]);
    }
    return this.#welcome(login);
  }

  async #refuse(tokens: readonly Buffer[]): Promise<void> {
    await this.#send([...tokens, doneToken({ isError: true })]);
    this.#socket.end();
  }

  async #welcome({ database, packetBytes }: Login): Promise<void> {
    const bytes = this.#options.packetBytes ?? packetBytes;
    await this.#send([
      environment.database(database),
      environment.collation(LATIN1),
      loginAckToken(),
      environment.packetBytes(packetBytes),
      doneToken(),
    ]);
    this.#packetBytes = bytes;
  }

  async #answer(request: PeerRequest, body: Buffer): Promise<void> {
    // What tedious sets after the login, and again after a reset, is none of the tests' business.
    if (request.kind === 'batch' && request.text.startsWith('set ansi_nulls on')) {
      if (this.#hasInitialSettings && this.#options.silentAt === 'reset') return;
      this.#hasInitialSettings = true;
      return this.#send([doneToken()]);
    }
    if (!this.#hasInitialSettings) throw new Error('A request came before the login was over.');
    this.#record.requests.push(request);
    const descriptor = readTransactionDescriptor(body);
    this.#record.descriptors.push(descriptor);
    if (descriptor !== this.#transaction) return this.#send([STALE_DESCRIPTOR]);
    const attention = this.#attention.signal;
    await this.#send(this.#answerOf(request, attention), attention);
  }

  #answerOf(request: PeerRequest, attention: AbortSignal): Answer {
    const { handler } = this.#options;
    const { database } = this.#login as Login;
    const ended = this.#ended.signal;
    const answer = handler?.(request, { database, session: this, ended, attention });
    if (request.kind === 'transaction') return this.#manage(request.text, answer ?? []);
    return (
      answer ?? [failed({ number: 50_000, message: `The peer has no answer to ${request.text}` })]
    );
  }

  /** What the transaction manager says before its own success; whatever that is has failed the request. */
  async *#manage(action: TransactionAction, said: Answer): AsyncGenerator<AnswerPart, void, void> {
    let isRefused = false;
    for await (const part of said) {
      isRefused ||= Buffer.isBuffer(part);
      yield part;
    }
    if (isRefused) return;
    if (action === 'begin') {
      this.#transaction = ++this.#transactions;
      yield environment.beginTransaction(this.#transaction);
    } else {
      yield this.#endTransaction(action);
    }
    yield doneToken();
  }

  #endTransaction(how: 'commit' | 'rollback'): Buffer {
    const ended = this.#transaction;
    this.#transaction = 0n;
    return environment.endTransaction(ended, how === 'commit');
  }

  async #send(answer: Answer, attention?: AbortSignal): Promise<void> {
    const writer = new PacketWriter(this.#packetBytes, (packet) => this.#write(packet));
    for await (const part of answer) {
      if (attention?.aborted || this.#socket.destroyed) break;
      await this.#sendPart(part, writer, attention);
    }
    if (attention?.aborted) await writer.add(doneToken({ isError: true }));
    await writer.end();
  }

  async #sendPart(part: AnswerPart, writer: PacketWriter, attention?: AbortSignal): Promise<void> {
    if (Buffer.isBuffer(part)) return writer.add(part);
    if ('endsTransaction' in part) return writer.add(this.#endTransaction(part.endsTransaction));
    await writer.flush();
    if ('fault' in part) {
      this.#socket.destroy();
      return;
    }
    if (!attention) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, part.waitMs);
      attention.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
      if (attention.aborted) resolve();
    });
  }

  async #write(packet: Buffer): Promise<void> {
    if (this.#socket.destroyed) return;
    const { splitBytes } = this.#options;
    if (splitBytes === undefined) {
      if (this.#stream.write(packet)) return;
      const drained = deferred<void>();
      this.#drained = drained;
      this.#stream.once('drain', drained.resolve);
      await drained.promise;
      return;
    }
    for (let at = 0; at < packet.length; at += splitBytes) {
      this.#stream.write(packet.subarray(at, at + splitBytes));
      // Each piece leaves by itself, since Nagle's algorithm is off.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
