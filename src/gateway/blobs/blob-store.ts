import type { Readable } from 'node:stream';

export interface Blob {
  readonly size: number;
  /** Holds a file or connection until it is read to its end or destroyed. */
  readonly body: Readable;
}

export type PutOutcome =
  | { readonly outcome: 'stored'; readonly size: number }
  /** Nothing is stored; a blob that was there before stays. */
  | { readonly outcome: 'tooLarge' };

/**
 * Keeps result pages for a while. Keys are a few path segments of letters, digits, `_`, `-` and inner dots, such as
 * `<siteId>/<queryId>/1`.
 */
export interface BlobStore extends AsyncDisposable {
  /** All or nothing, and durable once resolved. A blob of the same key is replaced. */
  put(
    key: string,
    body: AsyncIterable<Uint8Array>,
    options: { readonly maxBytes: number },
  ): Promise<PutOutcome>;
  /** Undefined when there is none. */
  get(key: string): Promise<Blob | undefined>;
  /** False when there was none. */
  delete(key: string): Promise<boolean>;
  /** Deletes every blob whose key begins with this key and a slash. */
  deleteFolder(key: string): Promise<void>;
  /** Deletes what was put before this time; resolves to how many. */
  deleteOlderThan(time: number): Promise<number>;
}
