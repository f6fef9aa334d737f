import type { Command } from '../../src/protocol/command.ts';
import type { ErrorDetails } from '../../src/protocol/error-details.ts';
import type { Answer, HttpClient } from './http-client.ts';
import { until } from './until.ts';

/** A registered query as far as tests read it by name. */
export interface RegisteredBody {
  readonly id: string;
  readonly status: string;
  readonly createdAt: string;
  readonly completedAt?: string;
  readonly lastHash?: string;
  readonly lastErrorDetails?: ErrorDetails;
  readonly metrics: {
    readonly lastExecutionDuration: number;
    readonly executionSucceededCount: number;
    readonly executionFailedCount: number;
    readonly resultSizeSum: number;
    readonly requestSize: number;
    readonly lastSucceededAt?: string;
    readonly lastFailedAt?: string;
  };
}

export interface RegisteredResultBody {
  readonly data: string;
  readonly parameters: readonly object[] | null;
  readonly rows: number;
  readonly size: number;
}

/** Registers queries at one site as one integrator. */
export class RegisteredClient {
  readonly http: HttpClient;
  readonly path: string;

  constructor(http: HttpClient, siteId: string) {
    this.http = http;
    this.path = `/integrator/sites/${siteId}/queries/registered`;
  }

  post(body: object): Promise<Answer> {
    return this.http.post(this.path, body);
  }

  /** @returns the id */
  async create(
    command: string | Command,
    { frequency = 1, duration = 3_600 }: { frequency?: number; duration?: number } = {},
  ): Promise<string> {
    const answer = await this.post({
      name: 'A query of the tests',
      registeredQueryType: 'query',
      frequency,
      duration,
      registerCommand: { command: typeof command === 'string' ? { text: command } : command },
    });
    if (answer.status !== 202) throw new Error(`It answered ${answer.status}: ${answer.text}`);
    return (answer.json as { id: string }).id;
  }

  async list(): Promise<readonly RegisteredBody[]> {
    const { json } = await this.http.get(this.path);
    return (json as { registeredQueries: readonly RegisteredBody[] }).registeredQueries;
  }

  async get(id: string): Promise<RegisteredBody> {
    const answer = await this.http.get(`${this.path}/${id}`);
    if (answer.status !== 200) throw new Error(`It answered ${answer.status}: ${answer.text}`);
    return answer.json as RegisteredBody;
  }

  result(id: string): Promise<Answer> {
    return this.http.get(`${this.path}/${id}/results`);
  }

  /** The rows of the latest result. */
  async rows(id: string): Promise<Record<string, unknown>[]> {
    const { data } = (await this.result(id)).json as RegisteredResultBody;
    return JSON.parse(Buffer.from(data, 'base64').toString()) as Record<string, unknown>[];
  }

  cancel(id: string): Promise<Answer> {
    return this.http.send({ method: 'DELETE', path: `${this.path}/${id}` });
  }

  /** Waits until the query looks as wanted. */
  until(
    what: string,
    id: string,
    fits: (query: RegisteredBody) => boolean,
  ): Promise<RegisteredBody> {
    return until(what, async () => {
      const query = await this.get(id);
      return fits(query) && query;
    });
  }

  /** Waits until so many runs are reported, whatever came of them. */
  untilRuns(id: string, count: number): Promise<RegisteredBody> {
    return this.until(`${count} runs`, id, (query) => runsOf(query) >= count);
  }
}

export function runsOf({ metrics }: RegisteredBody): number {
  return metrics.executionSucceededCount + metrics.executionFailedCount;
}
