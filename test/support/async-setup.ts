import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LinkOptions } from '../../src/link/link-options.ts';
import type {
  EnqueueFrame,
  PageCutFrame,
  PageSeenFrame,
  ReportFrame,
  ReportSeenFrame,
} from '../../src/protocol/async-frames.ts';
import type { Command } from '../../src/protocol/command.ts';
import type { FakeGatewayOptions, FakeSession } from './fake-gateway.ts';
import { type LinkSetup, setUp } from './link-setup.ts';
import { until } from './until.ts';

/** What a gateway of the tests makes of what the link says; left out, it is content with everything. */
export interface Manners {
  /** Nothing: the report is not answered. */
  onReport?: (frame: ReportFrame) => ReportSeenFrame['verdict'] | undefined;
  onPageCut?: (frame: PageCutFrame) => PageSeenFrame['verdict'] | undefined;
  /** Takes over a PUT; false leaves it to the gateway. */
  onPut?: (page: string, request: IncomingMessage, response: ServerResponse) => boolean;
}

let streams = 0;

/** The gateway's half of async queries, over the sockets of a fake gateway. */
export class AsyncGateway {
  readonly manners: Manners;
  readonly reports: ReportFrame[] = [];
  readonly cuts: PageCutFrame[] = [];
  /** Bytes by `queryId/attempt/page`. */
  readonly pages = new Map<string, Buffer>();
  session: FakeSession | undefined;
  #uploads = 0;
  readonly #tokens = new Map<string, PageCutFrame>();

  constructor(manners: Manners = {}) {
    this.manners = manners;
  }

  /** Serves each session of the gateway, one after the other. */
  async serve({ gateway }: Pick<LinkSetup, 'gateway'>): Promise<void> {
    for (;;) {
      const session = await gateway.session();
      this.session = session;
      void this.#answer(session, 'report').catch(() => {});
      void this.#answer(session, 'pageCut').catch(() => {});
    }
  }

  enqueue(command: Command | undefined, options: Partial<EnqueueFrame> = {}): EnqueueFrame {
    streams += 1;
    const frame: EnqueueFrame = {
      type: 'enqueue',
      queryId: randomUUID(),
      integratorId: '22222222-2222-4222-8222-222222222222',
      streamId: 1_000_000 + streams,
      expiresInMs: 600_000,
      executionLimitMs: 60_000,
      pageBytes: 1024 * 1024,
      ...(command && { command }),
      ...options,
    };
    this.session?.send(frame);
    return frame;
  }

  /** Waits for a report of this state. */
  async reported(queryId: string, state: ReportFrame['state'], attempt?: number) {
    return await until(`${state} of ${queryId}, had ${this.statesOf(queryId).join()}`, () =>
      this.reports.find(
        (report) =>
          report.queryId === queryId &&
          report.state === state &&
          (attempt === undefined || report.attempt === attempt),
      ),
    );
  }

  /** Runs a query to its end and returns what was reported last. */
  async run(command: Command, options: Partial<EnqueueFrame> = {}): Promise<ReportFrame> {
    const { queryId } = this.enqueue(command, options);
    return await this.ended(queryId);
  }

  async ended(queryId: string): Promise<ReportFrame> {
    return await until(`the end of ${queryId}`, () =>
      this.reports.find((report) => report.queryId === queryId && ENDS.has(report.state)),
    );
  }

  /** States in the order of their first report. */
  statesOf(queryId: string): string[] {
    const states = this.reports.filter((report) => report.queryId === queryId);
    return [...new Set(states.map(({ state, attempt }) => `${state} ${attempt}`))];
  }

  /** The rows of all pages of an attempt. */
  rows(queryId: string, attempt = 1): unknown[] {
    const rows: unknown[] = [];
    for (let page = 1; ; page += 1) {
      const bytes = this.pages.get(`${queryId}/${attempt}/${page}`);
      if (!bytes) return rows;
      rows.push(...(JSON.parse(bytes.toString()) as unknown[]));
    }
  }

  takePut(request: IncomingMessage, response: ServerResponse): void {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    const page = this.#tokens.get(token);
    this.#tokens.delete(token);
    const name = page ? `${page.queryId}/${page.attempt}/${page.pageNumber}` : '';
    if (this.manners.onPut?.(name, request, response)) return;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const fits = page?.sha256 === sha256 && page.size === bytes.length;
      if (fits) this.pages.set(name, bytes);
      response.writeHead(fits ? 204 : 409).end();
    });
  }

  async #answer(session: FakeSession, type: 'report' | 'pageCut'): Promise<void> {
    for (;;) {
      const { frame } = await session.next(type);
      if (frame.type === 'report') this.#seeReport(session, frame);
      else this.#seeCut(session, frame);
    }
  }

  #seeReport(session: FakeSession, frame: ReportFrame): void {
    this.reports.push(frame);
    const { queryId, state, attempt } = frame;
    const { onReport = () => 'noted' as const } = this.manners;
    const verdict = onReport(frame);
    if (verdict) session.send({ type: 'reportSeen', queryId, state, attempt, verdict });
  }

  #seeCut(session: FakeSession, frame: PageCutFrame): void {
    this.cuts.push(frame);
    const { queryId, attempt, pageNumber } = frame;
    const { onPageCut = () => 'upload' as const } = this.manners;
    const verdict = onPageCut(frame);
    if (!verdict) return;
    const token = `token-${(this.#uploads += 1)}`;
    this.#tokens.set(token, frame);
    const url = `/link/queries/${queryId}/pages/${pageNumber}`;
    const upload = { url, headers: { authorization: `Bearer ${token}` } };
    session.send({
      type: 'pageSeen',
      queryId,
      attempt,
      pageNumber,
      verdict,
      ...(verdict === 'upload' && { upload }),
    });
  }
}

const ENDS = new Set<string>([
  'notQueued',
  'successful',
  'executionFailed',
  'uploadFailed',
  'expiredInQueue',
]);

/** A link with a gateway that takes async queries; resolves once the first session is there. */
export async function setUpAsync(
  linkOptions: Partial<LinkOptions> = {},
  manners: Manners = {},
  gatewayOptions: Partial<FakeGatewayOptions> = {},
): Promise<LinkSetup & { remote: AsyncGateway }> {
  const remote = new AsyncGateway(manners);
  const setup = await setUp(
    { onPut: (request, response) => remote.takePut(request, response), ...gatewayOptions },
    {
      ...linkOptions,
      timings: {
        tickMs: 10,
        repeatMs: 2_000,
        uploadRetry: { baseMs: 2, capMs: 10 },
        rerun: { baseMs: 2, capMs: 10 },
        ...linkOptions.timings,
      },
    },
  );
  void remote.serve(setup);
  await until('a session', () => remote.session);
  return { ...setup, remote };
}
