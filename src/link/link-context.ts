import { ConnectionPool } from '../sql/connection-pool.ts';
import { LoginGuard } from '../sql/login-guard.ts';
import { AsyncQueries } from './async/async-queries.ts';
import { ByteBudget } from './async/byte-budget.ts';
import { GatewayLine } from './async/gateway-line.ts';
import { PageBuffers } from './async/page-buffers.ts';
import { UploadClient } from './async/upload-client.ts';
import type { AuditRecord } from './audit/audit-record.ts';
import { AuditTrail } from './audit/audit-trail.ts';
import { LinkEvents } from './events.ts';
import { BackgroundQueue } from './execution/background-queue.ts';
import { Executor } from './execution/executor.ts';
import { ImmediateActivity } from './execution/immediate-activity.ts';
import { createQueryRunner } from './execution/run-query.ts';
import { createFhirRunner } from './fhir/run-fhir.ts';
import { JournalFile } from './journal/journal-file.ts';
import { QueryJournal } from './journal/query-journal.ts';
import { RegisteredJournal } from './journal/registered-journal.ts';
import type { LinkOptions } from './link-options.ts';
import { DEFAULT_TIMINGS, type LinkTimings } from './link-timings.ts';
import { createLinkLoggers } from './logger.ts';
import type { PolicyState } from './policy/judge.ts';
import { PolicyWatch } from './policy/policy-watch.ts';
import { PracticeControl } from './policy/practice-control.ts';
import { RegisteredQueries } from './registered/registered-queries.ts';
import { steadyClock } from './registered/steady-clock.ts';
import { SessionService } from './session-service.ts';
import { LinkStatus } from './status/link-status.ts';

/** Pages of all async queries that are held at one time. */
const PAGES_BYTES = 8 * 1024 * 1024;

/** Buffers of pages that wait for the next. */
const BUFFERS_KEPT = 8;

/** Connections that background work never gets. */
const RESERVED_FOR_IMMEDIATE = 1;

/** The parts of one link, each built once. */
export interface LinkContext {
  readonly timings: LinkTimings;
  readonly status: LinkStatus;
  readonly events: LinkEvents;
  readonly journal: JournalFile;
  readonly pool: ConnectionPool;
  readonly executor: Executor;
  readonly queue: BackgroundQueue;
  readonly uploads: UploadClient;
  readonly asyncQueries: AsyncQueries;
  readonly registered: RegisteredQueries;
  readonly sessions: SessionService;
  readonly policy: PolicyWatch;
  readonly trail: AuditTrail;
}

/** Builds the parts. @throws ParhelionError `configInvalid` when the journal cannot be used */
export function createLinkContext(options: LinkOptions): LinkContext {
  const { version, clock = Date.now, transport = {}, catalogues, maxConnections } = options;
  const { loginOf = () => undefined } = options;
  const timings = { ...DEFAULT_TIMINGS, ...options.timings };
  const status = new LinkStatus(version, clock);
  const events = new LinkEvents(createLinkLoggers(options.logger), status);
  const journal = new JournalFile(options.journalPath);
  const pool = createPool(options, events);
  const { control, policy, trail } = createControl(options, { clock, events, timings });
  const activity = new ImmediateActivity();
  const { commandTransferMs, uploadStallMs: stallMs } = timings;
  const random = options.random ?? Math.random;
  const asked = { pool, catalogues, loginOf, events, control };
  const shared = { ...asked, commandTransferMs, random, activity };
  const { fhir } = options;
  const executor = new Executor({
    run: createQueryRunner({ ...shared, maxConnections }),
    runFhir: fhir && createFhirRunner({ ...shared, maxConnections, fhir }),
    activity,
    events,
  });
  const queue = new BackgroundQueue({
    concurrency: maxConnections - RESERVED_FOR_IMMEDIATE,
    onError: (error) => events.unexpected('background work', error),
  });
  const uploads = new UploadClient({ transport, activity, stallMs });
  const asyncQueries = new AsyncQueries({
    ...shared,
    ...timings,
    patienceMs: timings.uploadPatienceMs,
    retry: timings.uploadRetry,
    clock,
    queue,
    journal: new QueryJournal(journal),
    line: new GatewayLine(),
    client: uploads,
    budget: new ByteBudget(PAGES_BYTES),
    buffers: new PageBuffers(BUFFERS_KEPT),
  });
  const registered = new RegisteredQueries({
    ...shared,
    now: steadyClock(clock),
    retry: timings.uploadRetry,
    queue,
    journal: new RegisteredJournal(journal),
    client: uploads,
  });
  const served = { executor, asyncQueries, registered };
  control.subscribe(() => askAll(served, control));
  const sessions = new SessionService({ ...served, control, events, transport, timings });
  const built = { timings, status, events, journal, pool, queue, uploads, policy, trail };
  return { ...built, ...served, sessions };
}

function askAll(
  {
    executor,
    asyncQueries,
    registered,
  }: Pick<LinkContext, 'executor' | 'asyncQueries' | 'registered'>,
  control: PracticeControl,
): void {
  executor.askPractice(control);
  asyncQueries.askPractice();
  registered.askPractice();
}

function createControl(
  { policyPath, auditFolder, version }: LinkOptions,
  { clock, events, timings }: { clock: () => number } & Pick<LinkContext, 'events' | 'timings'>,
) {
  const trail = new AuditTrail({
    folder: auditFolder,
    clock,
    onFailed: (error) => events.auditFailed(error),
    onRecovered: () => events.auditRecovered(),
  });
  trail.keep({ kind: 'linkStarted', linkVersion: version });
  const control = new PracticeControl({ policy: () => policy.state, trail, clock });
  const policy = new PolicyWatch({
    path: policyPath,
    pollMs: timings.policyPollMs,
    onRead: (state) => {
      events.policyRead(state);
      trail.keep(policyRead(state));
      control.changed();
    },
  });
  return { control, policy, trail };
}

function policyRead(state: PolicyState): AuditRecord {
  if (state.kind === 'broken') return { kind: 'policyRead', isBroken: true };
  const { fileHash: policyHash } = state;
  return { kind: 'policyRead', isBroken: false, ...(policyHash !== undefined && { policyHash }) };
}

function createPool({ driver, diagnose, ...options }: LinkOptions, events: LinkEvents) {
  const defaultCatalogue = options.catalogues.find(({ isDefault }) => isDefault)?.name;
  return new ConnectionPool({
    driver: new LoginGuard({
      driver,
      diagnose: diagnose ?? (() => undefined),
      onFailure: (failure) => events.databaseRefused(failure),
      onRecovery: () => events.databaseReached(),
    }),
    maxConnections: options.maxConnections,
    reservedForImmediate: RESERVED_FOR_IMMEDIATE,
    ...(defaultCatalogue !== undefined && { defaultCatalogue }),
  });
}
