export type { Blob, BlobStore, PutOutcome } from './blob-store.ts';
export { openBlobStore } from './open-blob-store.ts';
