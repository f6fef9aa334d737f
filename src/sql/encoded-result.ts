import type { OutputParameter, ResultEvent } from './driver.ts';
import { type PageMemory, PageWriter, type ResultPage, UNSHARED_MEMORY } from './page-writer.ts';
import { compileRowEncoder, type RowEncoder } from './row-encoder.ts';

const CHUNK_CHARACTERS = 32 * 1024;

/** What of the first result set is wanted. */
export type ResultShape =
  | 'rows'
  /** The first column of the first row. */
  | 'scalar'
  /** Nothing: only the outcome counts. */
  | 'none';

/**
 * The result of one command as JSON text: the rows of its first result set, encoded while they arrive. All events are
 * read to the end, so that the whole batch runs. Read it once, by {@link chunks} or by {@link pages}.
 */
export class EncodedResult {
  readonly #events: AsyncIterable<ResultEvent>;
  readonly #shape: ResultShape;
  #rows = 0;
  #sizeBytes = 0;
  #rowsAffected = 0;
  #outputParameters: readonly OutputParameter[] = [];

  constructor(events: AsyncIterable<ResultEvent>, shape: ResultShape = 'rows') {
    this.#events = events;
    this.#shape = shape;
  }

  /** Rows handed out so far. */
  get rows(): number {
    return this.#rows;
  }

  /** Bytes of JSON handed out so far; pages count their brackets each. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Known once everything has been read. */
  get rowsAffected(): number {
    return this.#rowsAffected;
  }

  /** Known once everything has been read. */
  get outputParameters(): readonly OutputParameter[] {
    return this.#outputParameters;
  }

  /** The JSON array as UTF-8 in pieces of about 32 to 64 KB (a longer row makes a longer piece). */
  async *chunks(): AsyncGenerator<Uint8Array, void, void> {
    let text = '[';
    for await (const rows of this.#encodedRows()) {
      for (const row of rows) {
        text += this.#rows === 0 ? row : `,${row}`;
        this.#rows += 1;
        if (text.length >= CHUNK_CHARACTERS) {
          yield this.#counted(text);
          text = '';
        }
      }
    }
    yield this.#counted(`${text}]`);
  }

  /**
   * The rows as JSON arrays of at most `maxBytes` each, never splitting a row: one that is larger is a page of its
   * own. There is always at least one page. Whoever takes a page away may give its bytes back to the memory.
   */
  async *pages(
    maxBytes: number,
    memory: PageMemory = UNSHARED_MEMORY,
  ): AsyncGenerator<ResultPage, void, void> {
    const writer = new PageWriter(memory);
    const cut = (): ResultPage => {
      const page = writer.cut();
      this.#sizeBytes += page.bytes.length;
      return page;
    };
    for await (const rows of this.#encodedRows()) {
      for (const row of rows) {
        const rowBytes = Buffer.byteLength(row);
        if (writer.rows > 0 && writer.sizeWith(rowBytes) > maxBytes) yield cut();
        writer.add(row, rowBytes);
        this.#rows += 1;
      }
    }
    if (writer.rows > 0 || this.#rows === 0) yield cut();
  }

  #counted(text: string): Uint8Array {
    const bytes = Buffer.from(text);
    this.#sizeBytes += bytes.length;
    return bytes;
  }

  async *#encodedRows(): AsyncGenerator<Iterable<string>, void, void> {
    let encoder: RowEncoder | undefined;
    let resultSets = 0;
    let isWanted = this.#shape !== 'none';
    for await (const event of this.#events) {
      if (event.kind === 'columns') {
        resultSets += 1;
        const columns = this.#shape === 'scalar' ? event.columns.slice(0, 1) : event.columns;
        if (resultSets === 1) encoder = compileRowEncoder(columns);
        else isWanted = false;
      } else if (event.kind === 'done') {
        this.#rowsAffected = event.rowsAffected;
        this.#outputParameters = event.outputParameters;
      } else if (isWanted && encoder && event.rows.length > 0) {
        if (this.#shape === 'scalar') {
          isWanted = false;
          yield [encoder.encode((event.rows[0] ?? []).slice(0, 1))];
        } else {
          const current = encoder;
          yield event.rows.map((row) => current.encode(row));
        }
      }
    }
  }
}
