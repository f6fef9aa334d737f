import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { BlobStore } from './blob-store.ts';
import { openFolderBlobStore } from './folder-blob-store.ts';

/** Opens `file:<path>` or `file:///<path>`. */
export async function openBlobStore(url: string): Promise<BlobStore> {
  const isUrl = url.startsWith('file://');
  if (isUrl && !URL.canParse(url)) {
    throw new ParhelionError(
      'configInvalid',
      'The file:// address of the blob store is malformed.',
    );
  }
  if (isUrl) return await openFolderBlobStore(fileURLToPath(url));
  if (/^file:./.test(url)) return await openFolderBlobStore(resolve(url.slice('file:'.length)));
  const reason = url.startsWith('s3:')
    ? 'An S3 blob store is not supported yet'
    : 'The address of the blob store is not understood';
  throw new ParhelionError('configInvalid', `${reason}: use file:<folder>.`);
}
