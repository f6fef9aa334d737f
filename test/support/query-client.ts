import { Buffer } from 'node:buffer';
import type { Command } from '../../src/protocol/command.ts';
import { plant } from './canaries.ts';
import type { Answer, HttpClient, Request } from './http-client.ts';

/** The query object as far as tests read it by name. */
export interface QueryBody {
  readonly id: string;
  readonly status: string;
  readonly commandSize: number;
  readonly requestSize: number;
  readonly resultSize?: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly completedAt: string;
  readonly statusTiming: Record<string, { startTime: string }>;
  readonly metrics?: { readonly sqlExecutionDuration: number };
  readonly errorCode?: number;
  readonly errorMessage?: string;
  readonly errorDetails?: { errorType: string; errorCode: number; errorMessage: string };
  readonly result?: {
    readonly rows?: number;
    readonly rowsAffected?: number;
    readonly size: number;
    readonly data?: string;
    readonly parameters?: readonly { name: string; value: string | null }[];
  };
}

export interface ImmediateBody {
  readonly command: Command;
  readonly catalogue?: string;
  readonly maxTimeInQueue?: number;
}

export const queryOf = (answer: Answer) => answer.json as QueryBody;

/** The rows of a result as the bytes that came, before anything is parsed. */
export const dataOf = (answer: Answer) =>
  Buffer.from(queryOf(answer).result?.data ?? '', 'base64').toString();

export const rowsOf = (answer: Answer) => JSON.parse(dataOf(answer)) as Record<string, unknown>[];

/** Sends queries to one site as one integrator. */
export class QueryClient {
  readonly http: HttpClient;
  readonly siteId: string;

  constructor(http: HttpClient, siteId: string) {
    this.http = http;
    this.siteId = siteId;
  }

  get path(): string {
    return `/integrator/sites/${this.siteId}/queries/immediate`;
  }

  /** A text alone is a `reader`. */
  run(
    query: string | ImmediateBody,
    options: Pick<Request, 'signal' | 'headers'> = {},
  ): Promise<Answer> {
    const body = typeof query === 'string' ? { command: { text: query } } : query;
    plant(body.command.text, ...(body.command.parameters ?? []).map(({ value }) => value));
    return this.http.send({ method: 'POST', path: this.path, body, ...options });
  }

  nonQuery(text: string): Promise<Answer> {
    return this.run({ command: { text, executionMode: 'nonQuery' } });
  }

  /** The first value of the first row. */
  async scalar(text: string): Promise<unknown> {
    const answer = await this.run(text);
    if (answer.status !== 200) throw new Error(`${text} answered ${answer.status}: ${answer.text}`);
    return Object.values(rowsOf(answer)[0] ?? {})[0];
  }

  record(queryId: string): Promise<Answer> {
    return this.http.get(`/integrator/sites/${this.siteId}/queries/${queryId}`);
  }

  /** True when the site answers a small query with its rows. */
  async answers(): Promise<boolean> {
    try {
      const answer = await this.run({ command: { text: 'SELECT 1 AS n' }, maxTimeInQueue: 1000 });
      return answer.status === 200 && dataOf(answer) === '[{"n":1}]';
    } catch {
      return false;
    }
  }
}
