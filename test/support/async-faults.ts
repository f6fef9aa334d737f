import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AsyncClient, type AsyncQueryBody } from './async-client.ts';
import { untilBusy, untilIdle } from './process-tree.ts';
import { type System, startSystem } from './system.ts';
import { PATIENCE_MS, until } from './until.ts';

export const ROWS = 150;

/** A second of work, in rows that come one by one. */
export const SLOW_READ = `SELECT a.InternalID AS n, REPLICATE('x', 1000) AS filler FROM Patients a WHERE a.InternalID <= ${ROWS}
  AND (SELECT COUNT(*) FROM Patients b, Patients c WHERE b.InternalID <> a.InternalID AND c.InternalID <= 50) > 0`;

/** Appends one letter, after a second of work: the letters count the runs. */
export const slowWrite = (patient: number) =>
  `UPDATE Patients SET Middlename = Middlename + 'x' WHERE InternalID = ${patient} AND
   (SELECT COUNT(*) FROM Patients a, Patients b, Patients c WHERE c.InternalID <= 20) > 0`;

const BLOCKER =
  'SELECT COUNT(*) AS n FROM Patients a, Patients b, Patients c WHERE c.InternalID <= 12';

const SLOW_LINE_BYTES_PER_SECOND = 60_000;

/** What fails, and comes back. */
export type Victim = 'gateway' | 'link' | 'connection' | 'line' | 'pageStore';

/** How far a query gets before the fault. `unreported`: the database has finished, and nobody could be told. */
export type Stage = 'accepted' | 'queued' | 'executing' | 'firstPages' | 'uploading' | 'unreported';

type Query = string | { readonly text: string; readonly executionMode: 'nonQuery' };

interface Fault {
  readonly stage: Stage;
  readonly victim: Victim;
  readonly command: 'read' | 'write';
  outcome: string;
}

const UPLOAD = '/link/queries/:queryId/pages/:pageNumber';

function bodyOf(query: Query) {
  return { command: typeof query === 'string' ? { text: query } : query };
}

/** A system whose parts are made to fail while queries are under way, and the table of what became of them. */
export class FaultBed implements AsyncDisposable {
  readonly system: System;
  readonly client: AsyncClient;
  readonly #table: Fault[] = [];

  private constructor(system: System) {
    this.system = system;
    this.client = new AsyncClient(system.http, system.siteId);
  }

  static async start(): Promise<FaultBed> {
    const system = await startSystem({
      throughProxy: true,
      gatewayEnv: {
        PARHELION_ASYNC_PAGE_BYTES: '16384',
        PARHELION_HEARTBEAT_INTERVAL_MS: '500',
        // A busy machine may need a while to start a program again.
        PARHELION_UNREACHABLE_AFTER_MS: '30000',
      },
    });
    return new FaultBed(system);
  }

  /** Everything works, and the link has not yet learnt to dial rarely. */
  async renew(): Promise<void> {
    this.#mend();
    await this.#failLink();
    await this.system.untilAnswering();
  }

  /** Brings a query to a stage, makes the victim fail, mends everything, and waits for the end of the query. */
  async endingOf(query: Query, stage: Stage, victim: Victim): Promise<AsyncQueryBody> {
    const command = typeof query === 'string' ? 'read' : 'write';
    this.#table.push({ stage, victim, command, outcome: 'LOST' });
    const id = await this.#bringTo(stage, query);
    await this.#fail(victim);
    this.#mend();
    return await this.client.untilCompleted(id, 3 * PATIENCE_MS);
  }

  /** What the last fault led to, once it has been seen that nothing was lost. */
  nothingLost(outcome: string): void {
    const last = this.#table.at(-1);
    if (last) last.outcome = outcome;
  }

  /** Prints the table of faults. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.system[Symbol.asyncDispose]();
    const kept = this.#table.filter(({ outcome }) => outcome !== 'LOST').length;
    const lines = this.#table.map(({ command, stage, victim, outcome }) =>
      [command.padEnd(8), stage.padEnd(12), victim.padEnd(12), outcome].join(''),
    );
    const summary = `${this.#table.length} faults tried, ${kept} with nothing lost`;
    process.stdout.write(`${[...lines, summary].join('\n')}\n`);
  }

  #mend(): void {
    this.system.proxy.setSpeed(undefined);
    this.system.proxy.mend();
  }

  async #fail(victim: Victim): Promise<void> {
    switch (victim) {
      case 'gateway':
        return await this.#failGateway();
      case 'link':
        return await this.#failLink();
      case 'connection':
        return await this.#failConnection();
      case 'line':
        return await this.#failLine();
      case 'pageStore':
        return await this.#failPageStore();
    }
  }

  async #bringTo(stage: Stage, query: Query): Promise<string> {
    switch (stage) {
      case 'accepted':
        return await this.#accepted(query);
      case 'queued':
        return await this.#queued(query);
      case 'executing':
        return await this.#executing(query);
      case 'firstPages':
        return await this.#firstPages(query);
      case 'uploading':
        return await this.#uploading(query);
      case 'unreported':
        return await this.#unreported(query);
    }
  }

  async #failGateway() {
    this.system.gateway.kill('SIGKILL');
    await this.system.gateway.exit;
    await this.system.restartGateway();
  }
  async #failLink() {
    this.system.link.kill('SIGKILL');
    await this.system.link.exit;
    this.system.link = this.system.startLink();
  }
  async #failConnection() {
    const [busy = 0] = await untilBusy(this.system.link.pid);
    process.kill(busy, 'SIGKILL');
  }
  async #failLine() {
    this.system.proxy.cut();
    await until('no query finds a session', async () => {
      const command = { text: 'SELECT 1' };
      return (await this.system.queries.run({ command, maxTimeInQueue: 0 })).status === 503;
    });
    this.system.proxy.mend();
  }
  /** The folder of result pages cannot be written for a while. */
  async #failPageStore() {
    const folder = join(this.system.gatewayDir, 'blobs');
    await rename(folder, `${folder}-away`);
    await writeFile(folder, '');
    await until('a page could not be stored', () =>
      this.system.gateway.log.some(
        ({ route, status }) => route === UPLOAD && Number(status) >= 500,
      ),
    );
    await rm(folder);
    await rename(`${folder}-away`, folder);
  }

  async #accepted(query: Query) {
    this.system.proxy.stall();
    return await this.client.create(bodyOf(query));
  }
  async #queued(query: Query) {
    for (let blocker = 0; blocker < 4; blocker += 1) await this.client.create(BLOCKER);
    const id = await this.client.create(bodyOf(query));
    await this.client.untilStatus(id, 'queued');
    return id;
  }
  async #executing(query: Query) {
    const id = await this.client.create(bodyOf(query));
    await this.client.untilStatus(id, 'executing');
    await untilBusy(this.system.link.pid);
    return id;
  }
  async #firstPages(query: Query) {
    const id = await this.client.create(bodyOf(query));
    await this.client.until('a page is cached', id, ({ result }) =>
      Boolean(result?.pages?.some(({ status }) => status === 'cached')),
    );
    return id;
  }
  async #uploading(query: Query) {
    const id = await this.client.create(bodyOf(query));
    await this.client.untilStatus(id, 'executing');
    this.system.proxy.setSpeed(SLOW_LINE_BYTES_PER_SECOND);
    await this.client.untilStatus(id, 'uploading');
    return id;
  }
  /** The database has finished, and nobody could be told. */
  async #unreported(query: Query) {
    const id = await this.client.create(bodyOf(query));
    await this.client.untilStatus(id, 'executing');
    await untilBusy(this.system.link.pid);
    this.system.proxy.stall();
    await untilIdle(this.system.link.pid);
    return id;
  }
}
