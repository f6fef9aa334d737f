export { openBlobStore } from './open-blob-store.ts';
