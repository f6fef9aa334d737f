import { EventEmitter } from 'node:events';
import { type Deferred, deferred } from '../../../lib/deferred.ts';
import type { Value } from '../../../protocol/values.ts';
import { INCOMPLETE, type ValueReader } from './byte-source.ts';
import { compileValueReader } from './read-values.ts';
import {
  isNotEnoughData,
  readMetadata,
  TediousStreamParser,
  type Token,
  type TokenHandler,
} from './tedious-internals.ts';

const COLUMNS_TOKEN = 0x81;
const RETURN_VALUE_TOKEN = 0xac;
const ROW_TOKEN = 0xd1;
/** A row with a bitmap of its NULLs. */
const NULL_BITMAP_ROW_TOKEN = 0xd2;

/** The command that a count of rows belongs to, when it only reads. */
const SELECT_COMMAND = 0xc1;

/** A row that is larger than what has arrived is gathered in pieces that double. */
const MIN_STORAGE_BYTES = 64 * 1024;

/** A row that has arrived in part. */
interface OpenRow {
  readonly values: Value[];
  /** One bit a column, set where it is NULL. */
  readonly nulls: Buffer | undefined;
}

/** Reads tokens as tedious does, but rows without loss and without a promise for each. */
class LosslessParser extends TediousStreamParser {
  #storage: Buffer | undefined;
  #readers: ValueReader[] = [];
  #row: OpenRow | undefined;

  /** Like the original, but a value of many packets is not copied again for each of them. */
  override async waitForChunk(): Promise<void> {
    const { done, value: chunk } = await this.iterator.next();
    if (done) throw new Error('The answer of SQL Server ended too early.');
    this.#append(chunk);
  }

  /** Takes the next bytes of the message; false when there are none. */
  async fill(): Promise<boolean> {
    const { done, value: chunk } = await this.iterator.next();
    if (!done) this.#append(chunk);
    else if (this.#row) throw new Error('The answer of SQL Server ended within a row.');
    return !done;
  }

  useColumns(): void {
    this.#readers = this.colMetadata.map(compileValueReader);
  }

  /** The rows that are complete in what has arrived, up to the next token of another kind. */
  readRows(): Value[][] {
    const rows: Value[][] = [];
    while (this.position < this.buffer.length) {
      this.#row ??= this.#beginRow();
      if (!this.#row || !this.#continueRow(this.#row)) break;
      rows.push(this.#row.values);
      this.#row = undefined;
    }
    return rows;
  }

  /** Whether what comes next is a row, or the rest of one. */
  get isAtRow(): boolean {
    if (this.#row) return true;
    const type = this.buffer[this.position];
    return type === ROW_TOKEN || type === NULL_BITMAP_ROW_TOKEN;
  }

  override async readReturnValueToken(): Promise<object> {
    const { name, metadata } = await this.#readReturnValueHead();
    const read = compileValueReader(metadata);
    for (;;) {
      const value = read(this);
      if (value !== INCOMPLETE) {
        return { handlerName: 'onReturnValue', paramName: name, metadata, value };
      }
      await this.waitForChunk();
    }
  }

  async #readReturnValueHead() {
    for (;;) {
      try {
        // Ordinal, length and text of the name, status, type.
        const nameAt = this.position + 3;
        const nameBytes = this.buffer.readUInt8(this.position + 2) * 2;
        const name = this.buffer.toString('utf16le', nameAt, nameAt + nameBytes);
        const typeAt = nameAt + nameBytes + 1;
        const { value: metadata, offset } = readMetadata(this.buffer, typeAt, this.options);
        this.position = offset;
        return { name, metadata };
      } catch (error) {
        if (!isNotEnoughData(error) && !(error instanceof RangeError)) throw error;
        await this.waitForChunk();
      }
    }
  }

  #beginRow(): OpenRow | undefined {
    const type = this.buffer[this.position];
    if (type === ROW_TOKEN) {
      this.position += 1;
      return { values: [], nulls: undefined };
    }
    if (type !== NULL_BITMAP_ROW_TOKEN) return undefined;
    const bitmapAt = this.position + 1;
    const end = bitmapAt + Math.ceil(this.#readers.length / 8);
    if (end > this.buffer.length) return undefined;
    this.position = end;
    return { values: [], nulls: this.buffer.subarray(bitmapAt, end) };
  }

  /** Reads on; false when the rest has not arrived. */
  #continueRow({ values, nulls }: OpenRow): boolean {
    const readers = this.#readers;
    for (let index = values.length; index < readers.length; index += 1) {
      const isNull = nulls !== undefined && ((nulls[index >> 3] as number) >> (index & 7)) & 1;
      const value = isNull ? null : (readers[index] as ValueReader)(this);
      if (value === INCOMPLETE) return false;
      values.push(value);
    }
    return true;
  }

  /** What has been read is never written over: values may be views of it. */
  #append(chunk: Buffer): void {
    const restBytes = this.buffer.length - this.position;
    if (restBytes === 0) {
      this.#storage = undefined;
      this.buffer = chunk;
      this.position = 0;
      return;
    }
    const end = this.buffer.length + chunk.length;
    if (this.#storage && end <= this.#storage.length) {
      this.#storage.set(chunk, this.buffer.length);
      this.buffer = this.#storage.subarray(0, end);
      return;
    }
    const neededBytes = restBytes + chunk.length;
    this.#storage = Buffer.allocUnsafeSlow(Math.max(2 * neededBytes, MIN_STORAGE_BYTES));
    this.buffer.copy(this.#storage, 0, this.position);
    this.#storage.set(chunk, restBytes);
    this.buffer = this.#storage.subarray(0, neededBytes);
    this.position = 0;
  }
}

/**
 * Reads one message of the server and hands its tokens to tedious' own handler: the counterpart of tedious'
 * `token-stream-parser`. Rows come in batches, as one `row` event that holds an array of rows.
 *
 * Emits `end`, or `error` where somebody listens; `onFailure` hears of every error.
 */
export class TokenStream extends EventEmitter {
  readonly #parser: LosslessParser;
  readonly #handler: TokenHandler;
  #resumed: Deferred<void> | undefined;

  constructor(
    message: AsyncIterable<Buffer>,
    handler: TokenHandler,
    options: object,
    onFailure: (error: Error) => void,
  ) {
    super();
    this.#parser = new LosslessParser(message, undefined, options);
    this.#handler = handler;
    this.#read().then(
      () => this.emit('end'),
      (error: Error) => {
        onFailure(error);
        if (this.listenerCount('error') > 0) this.emit('error', error);
      },
    );
  }

  pause(): void {
    this.#resumed ??= deferred();
  }

  resume(): void {
    this.#resumed?.resolve();
    this.#resumed = undefined;
  }

  async #read(): Promise<void> {
    const parser = this.#parser;
    while (await parser.fill()) {
      while (parser.position < parser.buffer.length) {
        while (this.#resumed) await this.#resumed.promise;
        if (parser.isAtRow) {
          const rows = parser.readRows();
          if (rows.length > 0) this.#handle({ handlerName: 'onRow', columns: rows });
          // The rest of the last row has not arrived.
          if (parser.isAtRow) break;
        } else {
          await this.#readToken();
        }
      }
    }
  }

  async #readToken(): Promise<void> {
    const parser = this.#parser;
    const type = parser.buffer[parser.position] as number;
    parser.position += 1;
    const token =
      type === RETURN_VALUE_TOKEN
        ? ((await parser.readReturnValueToken()) as Token)
        : await parser.readToken(type);
    if (type === COLUMNS_TOKEN) parser.useColumns();
    if (!token) return;
    // Counts of rows that were only read are no changes.
    if (token.curCmd === SELECT_COMMAND) token.rowCount = undefined;
    this.#handle(token);
  }

  #handle(token: Token & { readonly columns?: unknown }): void {
    this.#handler[token.handlerName]?.(token);
  }
}
