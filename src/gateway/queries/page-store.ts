import { createHash } from 'node:crypto';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { PageCutFrame, PageSeenFrame, ReportFrame } from '../../protocol/async-frames.ts';
import type { BlobStore } from '../blobs/index.ts';
import type { Database, Session } from '../store/index.ts';
import type { Page, PageStatus } from './query.ts';
import { newUploadPermission, uploadTokenHash } from './upload-permission.ts';
import { verified } from './verified-bytes.ts';

interface PageRow {
  readonly query_id: string;
  readonly page_number: number;
  readonly attempt: number;
  readonly status: PageStatus;
  readonly size: number;
  readonly row_count: number;
  readonly range_start: number;
}

const COLUMNS = 'query_id, page_number, attempt, status, size, row_count, range_start';

const EMPTY_SHA256 = createHash('sha256').digest('hex');

function toPage(row: PageRow): Page {
  return {
    queryId: row.query_id,
    pageNumber: row.page_number,
    attempt: row.attempt,
    status: row.status,
    sizeBytes: row.size,
    rowCount: row.row_count,
    rangeStart: row.range_start,
  };
}

/** Key of everything that the blob store has of a query. */
function queryFolder(siteId: string, queryId: string): string {
  return `${siteId}/${queryId}`;
}

function blobKey(siteId: string, page: Pick<Page, 'queryId' | 'attempt' | 'pageNumber'>): string {
  return `${queryFolder(siteId, page.queryId)}/${page.attempt}-${page.pageNumber}`;
}

/** The answer to a page that is cut. */
export type PageAnswer = Pick<PageSeenFrame, 'verdict' | 'upload'>;

/** Told once for each page whose bytes are here. */
export type PageStored = (page: {
  readonly integratorId: string;
  readonly siteId: string;
  readonly bytes: number;
}) => void;

/** Which run of a query a page belongs to. */
interface Run {
  readonly siteId: string;
  readonly queryId: string;
  readonly attempt: number;
}

/** The result pages of async queries: their numbers in the store, their bytes in the blob store. */
export class PageStore {
  readonly #database: Database;
  readonly #blobs: BlobStore;
  readonly #onStored: PageStored;

  constructor(database: Database, blobs: BlobStore, onStored: PageStored) {
    this.#onStored = onStored;
    this.#database = database;
    this.#blobs = blobs;
  }

  /** Notes a page and lets the site upload it once; asked again, the earlier permission ends. */
  async cut(siteId: string, frame: PageCutFrame): Promise<PageAnswer> {
    const { queryId, attempt, pageNumber } = frame;
    const { tokenHash, upload } = newUploadPermission(
      `/link/queries/${queryId}/pages/${pageNumber}`,
    );
    return await this.#database.transaction(async (session): Promise<PageAnswer> => {
      const [query] = await session.all(
        `SELECT id FROM queries WHERE id = ? AND site_id = ? AND mode = 'async' AND attempt = ?
           AND status IN ('executing', 'uploading') FOR UPDATE`,
        [queryId, siteId, attempt],
      );
      if (!query) return { verdict: 'over' };
      const [known] = await session.all<{ status: PageStatus; sha256: string }>(
        'SELECT status, sha256 FROM query_pages WHERE query_id = ? AND page_number = ?',
        [queryId, pageNumber],
      );
      if (known?.status === 'cached') {
        return { verdict: known.sha256 === frame.sha256 ? 'cached' : 'over' };
      }
      await session.run(
        `INSERT INTO query_pages
           (query_id, page_number, attempt, status, size, row_count, range_start, sha256, upload_token_hash)
         VALUES (?, ?, ?, 'queued', ?, ?, ?, ?, ?)
         ON CONFLICT (query_id, page_number) DO UPDATE SET attempt = excluded.attempt,
           status = excluded.status, size = excluded.size, row_count = excluded.row_count,
           range_start = excluded.range_start, sha256 = excluded.sha256,
           upload_token_hash = excluded.upload_token_hash`,
        [
          queryId,
          pageNumber,
          attempt,
          frame.size,
          frame.rows,
          frame.rangeStart,
          frame.sha256,
          tokenHash,
        ],
      );
      return { verdict: 'upload', upload };
    });
  }

  /**
   * Takes the bytes of a page that was cut, checked by size and hash.
   *
   * @throws ParhelionError `uploadRefused` when the token is unknown or used, or the query has gone on without it;
   *   `invalidRequest` when the bytes are not those that were announced
   */
  async upload(
    { queryId, pageNumber, token }: { queryId: string; pageNumber: number; token: string },
    body: AsyncIterable<Uint8Array>,
  ): Promise<void> {
    const [claimed] = await this.#database.all<PageRow & { sha256: string }>(
      `UPDATE query_pages SET status = 'uploading', upload_token_hash = NULL
       WHERE query_id = ? AND page_number = ? AND upload_token_hash = ?
       RETURNING ${COLUMNS}, sha256`,
      [queryId, pageNumber, uploadTokenHash(token)],
    );
    const owner = claimed && (await this.#ownerOf(queryId));
    if (!claimed || !owner) throw new ParhelionError('uploadRefused');
    const page = toPage(claimed);
    const key = blobKey(owner.siteId, page);
    const { size, sha256 } = claimed;
    // Bytes that are not the announced ones never get a name in the blob store.
    const put = await this.#blobs.put(key, verified(body, { sizeBytes: size, sha256 }), {
      maxBytes: size,
    });
    if (put.outcome === 'tooLarge') {
      throw new ParhelionError('invalidRequest', `The page is larger than ${size} bytes.`);
    }
    const changes = await this.#database.run(
      `UPDATE query_pages SET status = 'cached'
       WHERE query_id = ? AND page_number = ? AND attempt = ? AND status = 'uploading' AND sha256 = ?
         AND EXISTS (SELECT 1 FROM queries WHERE id = query_pages.query_id AND completed_at IS NULL)`,
      [queryId, pageNumber, page.attempt, sha256],
    );
    if (changes === 0) throw new ParhelionError('uploadRefused');
    this.#onStored({ ...owner, bytes: size });
  }

  /** The one page of a `nonQuery`, which has no rows. */
  async addEmpty(session: Session, { queryId, attempt }: Run): Promise<void> {
    await session.run(
      `INSERT INTO query_pages
         (query_id, page_number, attempt, status, size, row_count, range_start, sha256)
       VALUES (?, 1, ?, 'cached', 0, 0, 0, ?) ON CONFLICT (query_id, page_number) DO NOTHING`,
      [queryId, attempt, EMPTY_SHA256],
    );
  }

  /** Whether all pages of a run are here, and are the whole result. */
  async addsUp(session: Session, run: Run, report: ReportFrame): Promise<boolean> {
    const [found] = await session.all<{ pages: number; rows: number | null; size: number | null }>(
      `SELECT COUNT(*) AS pages, SUM(row_count) AS rows, SUM(size) AS size FROM query_pages
       WHERE query_id = ? AND attempt = ? AND status = 'cached'`,
      [run.queryId, run.attempt],
    );
    return (
      found !== undefined &&
      found.pages === report.pages &&
      (found.rows ?? 0) === (report.rows ?? 0) &&
      (found.size ?? 0) === (report.size ?? 0)
    );
  }

  /** Another run begins; the bytes of the earlier one are erased with the query. */
  async forget(session: Session, queryId: string): Promise<void> {
    await session.run('DELETE FROM query_pages WHERE query_id = ?', [queryId]);
  }

  /** The pages of queries, by query and number. */
  async list(queryIds: readonly string[]): Promise<Page[]> {
    if (queryIds.length === 0) return [];
    const rows = await this.#database.all<PageRow>(
      `SELECT ${COLUMNS} FROM query_pages
       WHERE query_id IN (${queryIds.map(() => '?').join(', ')}) ORDER BY query_id, page_number`,
      queryIds,
    );
    return rows.map(toPage);
  }

  async find(queryId: string, pageNumber: number): Promise<Page | undefined> {
    const [row] = await this.#database.all<PageRow>(
      `SELECT ${COLUMNS} FROM query_pages WHERE query_id = ? AND page_number = ?`,
      [queryId, pageNumber],
    );
    return row && toPage(row);
  }

  /** The bytes of a cached page; undefined when the blob store has lost them. */
  open(siteId: string, page: Page): ReturnType<BlobStore['get']> {
    return this.#blobs.get(blobKey(siteId, page));
  }

  /** Deletes all bytes of a query. */
  async erase(siteId: string, queryId: string): Promise<void> {
    await this.#blobs.deleteFolder(queryFolder(siteId, queryId));
  }

  async #ownerOf(queryId: string) {
    const [query] = await this.#database.all<{ integratorId: string; siteId: string }>(
      `SELECT integrator_id AS "integratorId", site_id AS "siteId" FROM queries
       WHERE id = ? AND completed_at IS NULL`,
      [queryId],
    );
    return query;
  }
}
