import type { Readable } from 'node:stream';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Clock } from '../../lib/clock.ts';
import type { ResultParameter } from '../../protocol/command.ts';
import type { AsyncQueries } from './async-queries.ts';
import { type Page, type Query, type QueryOwner, rangeEndOf } from './query.ts';
import type { QueryStore } from './query-store.ts';

/** A cached page, ready to be read. */
export interface ResultPage {
  readonly sizeBytes: number;
  readonly rowCount: number;
  readonly rangeStart: number;
  readonly rangeEnd: number;
  /** The JSON array. Holds a file until it is read or destroyed. Undefined for a `nonQuery`, which has no rows. */
  readonly body: Readable | undefined;
  /** On the last page only. */
  readonly parameters: readonly ResultParameter[] | undefined;
}

export interface ResultPageRequest {
  readonly owner: QueryOwner;
  readonly siteId: string;
  readonly queryId: string;
  readonly pageNumber: number;
}

/**
 * Opens a result page of an async query.
 *
 * @throws ParhelionError `notFound` for an unknown query, page, or one that is not cached yet; `resultExpired`
 */
export async function openResultPage(
  parts: {
    readonly store: QueryStore;
    readonly asyncQueries: Pick<AsyncQueries, 'pages' | 'limits'>;
    readonly clock: Clock;
  },
  { owner, siteId, queryId, pageNumber }: ResultPageRequest,
): Promise<ResultPage> {
  const { store, asyncQueries, clock } = parts;
  const query = await store.find(owner, siteId, queryId);
  const page = query && (await asyncQueries.pages.find(queryId, pageNumber));
  if (!query || page?.status !== 'cached') throw new ParhelionError('notFound');
  const { completedAt } = query;
  const isOver = completedAt !== undefined;
  if (isOver && completedAt + asyncQueries.limits.retentionMs <= clock.now()) {
    throw new ParhelionError('resultExpired');
  }
  // Another run may have replaced the page since it was looked up: then it is not there yet.
  if (!isOver && !(await store.markServed(page))) throw new ParhelionError('notFound');
  const parameters = isOver
    ? await parametersOf(store, query, page, asyncQueries.pages)
    : undefined;
  const isNonQuery = isOver && query.status === 'successful' && query.rowCount === undefined;
  return {
    sizeBytes: page.sizeBytes,
    rowCount: page.rowCount,
    rangeStart: page.rangeStart,
    rangeEnd: rangeEndOf(page),
    body: isNonQuery ? undefined : await openBody(asyncQueries.pages, siteId, page),
    parameters,
  };
}

async function openBody(
  pages: AsyncQueries['pages'],
  siteId: string,
  page: Page,
): Promise<Readable> {
  const blob = await pages.open(siteId, page);
  if (!blob) throw new ParhelionError('resultExpired');
  return blob.body;
}

async function parametersOf(
  store: QueryStore,
  query: Query,
  page: Page,
  pages: AsyncQueries['pages'],
): Promise<readonly ResultParameter[] | undefined> {
  if (query.status !== 'successful' || (await pages.find(query.id, page.pageNumber + 1))) {
    return undefined;
  }
  return await store.findParameters(query.id);
}
