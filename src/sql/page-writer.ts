/** A part of a result that is a JSON array of its own. */
export interface ResultPage {
  readonly bytes: Uint8Array;
  readonly rows: number;
}

/** Where pages get their memory from, so that it can be used again. */
export interface PageMemory {
  /** A buffer of at least so many bytes, with anything in it. */
  take(atLeastBytes: number): Buffer;
  /** Nobody looks at these bytes any more; they lie at the beginning of a buffer that was taken. */
  give(bytes: Uint8Array): void;
}

const SMALLEST_BYTES = 16 * 1024;

/** Memory that is left to the garbage collector. */
export const UNSHARED_MEMORY: PageMemory = {
  take: (atLeastBytes) => Buffer.allocUnsafe(Math.max(atLeastBytes, SMALLEST_BYTES)),
  give: () => {},
};

const [COMMA = 0, OPEN = 0, CLOSE = 0] = Buffer.from(',[]');

/** Writes rows one behind the other into a page. Their texts are garbage at once, and never many. */
export class PageWriter {
  readonly #memory: PageMemory;
  #buffer: Buffer | undefined;
  #length = 0;
  #rows = 0;

  constructor(memory: PageMemory) {
    this.#memory = memory;
  }

  /** Rows of the page so far. */
  get rows(): number {
    return this.#rows;
  }

  /** Size of the page if a row of so many bytes were its last. */
  sizeWith(rowBytes: number): number {
    return this.#length + 1 + rowBytes + 1;
  }

  /** Adds a row. */
  add(row: string, rowBytes: number): void {
    const buffer = this.#room(this.sizeWith(rowBytes));
    buffer[this.#length] = this.#rows === 0 ? OPEN : COMMA;
    buffer.write(row, this.#length + 1);
    this.#length += 1 + rowBytes;
    this.#rows += 1;
  }

  /** Closes the page and begins another. */
  cut(): ResultPage {
    const buffer = this.#room(this.#length + 2);
    if (this.#rows === 0) buffer[this.#length++] = OPEN;
    buffer[this.#length++] = CLOSE;
    const page = { bytes: buffer.subarray(0, this.#length), rows: this.#rows };
    this.#buffer = undefined;
    this.#length = 0;
    this.#rows = 0;
    return page;
  }

  #room(bytes: number): Buffer {
    const old = this.#buffer;
    if (old && old.length >= bytes) return old;
    const buffer = this.#memory.take(old ? Math.max(bytes, old.length * 2) : bytes);
    old?.copy(buffer, 0, 0, this.#length);
    if (old) this.#memory.give(old);
    this.#buffer = buffer;
    return buffer;
  }
}
