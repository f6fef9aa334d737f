import type { Command } from '../../src/protocol/command.ts';
import type { Answer, HttpClient } from './http-client.ts';
import { PATIENCE_MS, until } from './until.ts';

export interface PageBody {
  readonly pageNumber: number;
  readonly status: 'queued' | 'uploading' | 'cached';
  readonly size: number;
  readonly rows: { readonly count: number; readonly rangeStart: number; readonly rangeEnd: number };
}

/** An async query as far as tests read it by name. */
export interface AsyncQueryBody {
  readonly id: string;
  readonly mode: string;
  readonly status: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly completedAt?: string;
  readonly statusTiming: Record<string, { startTime: string; endTime?: string } | undefined>;
  readonly metrics?: { readonly sqlExecutionDuration: number };
  readonly errorCode?: number;
  readonly errorMessage?: string;
  readonly errorDetails?: { errorType: string; errorCode: number; errorMessage: string };
  readonly resultSize?: number;
  readonly result?: {
    readonly rows?: number;
    readonly rowsAffected?: number;
    readonly size: number;
    readonly pages?: readonly PageBody[];
  };
}

export interface AsyncBody {
  readonly command: Command;
  readonly catalogue?: string;
  readonly maxTimeInQueue?: number;
}

export type Row = Record<string, unknown>;

/** Sends async queries to one site as one integrator. */
export class AsyncClient {
  readonly http: HttpClient;
  readonly path: string;

  constructor(http: HttpClient, siteId: string) {
    this.http = http;
    this.path = `/integrator/sites/${siteId}/queries`;
  }

  /** A text alone is a `reader`. */
  post(query: string | AsyncBody): Promise<Answer> {
    const body = typeof query === 'string' ? { command: { text: query } } : query;
    return this.http.post(`${this.path}/async`, body);
  }

  /** Resolves to the id. @throws Error unless it is accepted */
  async create(query: string | AsyncBody): Promise<string> {
    const answer = await this.post(query);
    if (answer.status !== 201) throw new Error(`It was not accepted: ${answer.text}`);
    return (answer.json as AsyncQueryBody).id;
  }

  async get(id: string): Promise<AsyncQueryBody> {
    const answer = await this.http.get(`${this.path}/${id}`);
    if (answer.status !== 200) throw new Error(`${id}: ${answer.status} ${answer.text}`);
    return answer.json as AsyncQueryBody;
  }

  /** Asks until it fits; a gateway that is away for a moment is asked again. */
  until(
    what: string,
    id: string,
    fits: (query: AsyncQueryBody) => boolean,
    deadlineMs = PATIENCE_MS,
  ): Promise<AsyncQueryBody> {
    return until(
      what,
      async () => {
        const query = await this.get(id).catch(() => undefined);
        return query && fits(query) && query;
      },
      deadlineMs,
    );
  }

  untilStatus(id: string, status: string): Promise<AsyncQueryBody> {
    return this.until(`the query is ${status}`, id, (query) => {
      if (query.completedAt && query.status !== status) {
        throw new Error(`It ended otherwise: ${JSON.stringify(query)}`);
      }
      return query.status === status;
    });
  }

  untilCompleted(id: string, deadlineMs?: number): Promise<AsyncQueryBody> {
    const hasEnded = ({ completedAt }: AsyncQueryBody) => completedAt !== undefined;
    return this.until('the query has ended', id, hasEnded, deadlineMs);
  }

  page(id: string, pageNumber: number | string): Promise<Answer> {
    return this.http.get(`${this.path}/${id}/results/${pageNumber}`);
  }

  stream(id: string, pageNumber: number | string): Promise<Answer> {
    return this.http.get(`${this.path}/${id}/results/${pageNumber}/stream`);
  }

  /** All rows of a query that has ended, page by page. @throws Error when its pages are not what it says they are */
  async rows(query: AsyncQueryBody): Promise<Row[]> {
    const rows: Row[] = [];
    for (const { pageNumber, rows: range, size } of query.result?.pages ?? []) {
      const answer = await this.stream(query.id, pageNumber);
      const page = answer.json as Row[];
      const isWhole = answer.status === 200 && answer.body.length === size;
      if (!isWhole || page.length !== range.count || rows.length !== range.rangeStart) {
        throw new Error(`Page ${pageNumber} is not what the query says.`);
      }
      rows.push(...page);
    }
    return rows;
  }
}
