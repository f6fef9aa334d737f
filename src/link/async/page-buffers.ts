import type { PageMemory } from '../../sql/page-writer.ts';

/** Size of a usual page, and of the buffers that are kept. */
const BUFFER_BYTES = 1024 * 1024;

/**
 * Buffers of pages that have been brought away, for pages to come: the garbage collector would let dozens of megabytes
 * of them lie about.
 */
export class PageBuffers implements PageMemory {
  readonly #free: Buffer[] = [];
  readonly #mostKept: number;

  constructor(mostKept: number) {
    this.#mostKept = mostKept;
  }

  take(atLeastBytes: number): Buffer {
    if (atLeastBytes > BUFFER_BYTES) return Buffer.allocUnsafeSlow(atLeastBytes);
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES);
  }

  give({ buffer }: Uint8Array): void {
    if (buffer.byteLength === BUFFER_BYTES && this.#free.length < this.#mostKept) {
      this.#free.push(Buffer.from(buffer));
    }
  }
}
