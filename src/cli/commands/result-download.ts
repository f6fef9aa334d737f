import { failure, interrupted, RefusedFailure, TransientFailure } from '../failure.ts';
import { type Answer, type Download, isSuccess, refusal } from '../gateway-client.ts';
import type { CliIo } from '../io.ts';
import type { ProgressLine } from '../progress-line.ts';
import { readAnswer } from '../read-answer.ts';
import { retryTransient } from '../retry-transient.ts';
import type { RowFormat } from '../row-format.ts';
import { AsyncQuery, type Page } from './async-answers.ts';
import type { SiteQueries } from './integrator-options.ts';
import { queryFailure } from './query-answer.ts';

export interface ResultDownloadOptions {
  readonly io: CliIo;
  readonly queries: SiteQueries;
  readonly queryId: string;
  readonly format: RowFormat;
  readonly write: (text: string) => Promise<void>;
  readonly progress: ProgressLine;
}

const isUnderWay = (status: string) =>
  ['initialising', 'queued', 'executing', 'uploading'].includes(status);

const ENDED_WITHOUT_ERROR: Record<string, string> = {
  initialisationFailedCacheError: 'The gateway could not keep the query.',
  initialisationFailedSiteOffline: 'The site went offline before it took the query.',
  initialisationFailedSiteUnreachable: 'The site fell silent before it took the query.',
  expiredInQueue: 'The site did not start the query within its time in the queue.',
};

const POLL = { baseMs: 100, factor: 1.5, capMs: 5000 };
/** A page may take this long, and longer the larger it is. */
const PAGE_MS = 60_000;
const SLOWEST_BYTES_PER_MS = 16;

function endFailure(answer: Answer, { status, errorDetails }: AsyncQuery): Error {
  if (errorDetails !== undefined) return queryFailure(answer);
  return failure(ENDED_WITHOUT_ERROR[status] ?? `The query ended as ${status}.`);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw failure('The gateway sent rows that are not UTF-8.');
  }
}

/** The result of one async query, written page by page in their order, each as soon as it is there. */
export class ResultDownload {
  readonly #options: ResultDownloadOptions;
  #pages = 0;
  #rows = 0;
  #bytes = 0;

  constructor(options: ResultDownloadOptions) {
    this.#options = options;
  }

  get pages(): number {
    return this.#pages;
  }

  get rows(): number {
    return this.#rows;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Follows the query to its end and answers what it became; rejects when it failed or something is missing. */
  async run(): Promise<AsyncQuery> {
    const { io, format, write } = this.#options;
    for (let idlePolls = 0; ; idlePolls += 1) {
      const { answer, query } = await this.#poll();
      if (query.mode !== 'async') throw failure('Only async queries can be fetched again.');
      if (await this.#takePages(query)) idlePolls = 0;
      if (!isUnderWay(query.status)) {
        if (query.status !== 'successful') throw endFailure(answer, query);
        this.#checkWhole(query);
        if (query.result?.rows !== undefined) await write(format.end());
        return query;
      }
      const waitMs = Math.min(POLL.capMs, POLL.baseMs * POLL.factor ** idlePolls);
      if (!(await io.pause(waitMs))) throw interrupted();
    }
  }

  async #poll(): Promise<{ answer: Answer; query: AsyncQuery }> {
    const { io, queries, queryId } = this.#options;
    return retryTransient(io, async () => {
      const answer = await queries.client.send('GET', `${queries.path}/${queryId}`);
      if (!isSuccess(answer)) throw refusal(answer);
      return { answer, query: readAnswer(AsyncQuery, answer.body) };
    });
  }

  /** Takes the pages that are there and whose turn it is; answers whether there were any. */
  async #takePages(query: AsyncQuery): Promise<boolean> {
    const { progress } = this.#options;
    const known = query.result?.rows === undefined ? [] : (query.result.pages ?? []);
    const byNumber = new Map(known.map((page) => [page.pageNumber, page]));
    const show = () => {
      const { rows, bytes, pages } = this;
      progress.show({ status: query.status, rows, bytes, pages, pagesKnown: known.length });
    };
    show();
    const before = this.#pages;
    for (;;) {
      const page = byNumber.get(this.#pages + 1);
      // Once the query is successful, a page that is not there any more says so when it is asked for.
      if (!page || (page.status !== 'cached' && query.status !== 'successful')) break;
      if (!(await this.#take(page, query))) break;
      show();
    }
    return this.#pages > before;
  }

  /** False when the page is not there, contrary to what the query said: a site that begins anew replaces pages. */
  async #take(page: Page, query: AsyncQuery): Promise<boolean> {
    const { format, write } = this.#options;
    const fetched = await this.#fetchOrMiss(page, query);
    if (!fetched) return false;
    const { bytes, headers } = fetched;
    let formatted: ReturnType<RowFormat['page']>;
    try {
      formatted = format.page(decode(bytes));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw failure(`Page ${page.pageNumber} of the result cannot be read.`);
    }
    this.#checkRows(page, formatted.rows, headers);
    await write(formatted.text);
    this.#pages += 1;
    this.#rows += formatted.rows;
    this.#bytes += bytes.length;
    return true;
  }

  async #fetchOrMiss(page: Page, { status }: AsyncQuery): Promise<Download | undefined> {
    try {
      return await retryTransient(this.#options.io, () => this.#fetch(page));
    } catch (error) {
      if (error instanceof RefusedFailure && error.status === 404 && isUnderWay(status)) return;
      throw error;
    }
  }

  async #fetch(page: Page): Promise<Download> {
    const { queries, queryId } = this.#options;
    const path = `${queries.path}/${queryId}/results/${page.pageNumber}/stream`;
    const timeoutMs = PAGE_MS + Math.ceil((page.size ?? 0) / SLOWEST_BYTES_PER_MS);
    const { headers, bytes } = await queries.client.download(path, timeoutMs);
    if (Number(headers.get('size') ?? page.size) !== bytes.length) {
      throw new TransientFailure(`Page ${page.pageNumber} of the result came incomplete.`);
    }
    return { headers, bytes };
  }

  /**
   * No row is lost or doubled: the page has as many as were announced, and begins where the last one ended. Its headers
   * count before the status, which may tell of a page that was replaced since.
   */
  #checkRows({ pageNumber, rows }: Page, count: number, headers: Headers): void {
    const announced = Number(headers.get('rows-count') ?? rows?.count);
    const start = Number(headers.get('rows-range-start') ?? rows?.rangeStart);
    if (announced !== count) {
      throw failure(`Page ${pageNumber} has ${count} rows, but ${announced} were announced.`);
    }
    if (start !== this.#rows) {
      throw failure(`Page ${pageNumber} does not begin behind the last row of the page before.`);
    }
  }

  #checkWhole({ result }: AsyncQuery): void {
    if (!result) throw failure('The gateway sent no result of a successful query.');
    if (result.rows === undefined) return;
    const pages = result.pages?.length ?? 0;
    if (pages !== this.#pages) {
      throw failure(`The result has ${pages} pages, but ${this.#pages} could be found in order.`);
    }
    if (result.rows !== this.#rows) {
      throw failure(`The result has ${result.rows} rows, but its pages have ${this.#rows}.`);
    }
  }
}
