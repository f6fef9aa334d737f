import { orAborted } from '../../lib/waiting.ts';
import type { FhirFrame } from '../../protocol/fhir-frames.ts';
import type { ExecuteFrame } from '../../protocol/frames.ts';
import type { LinkEvents } from '../events.ts';
import type { PracticeControl } from '../policy/practice-control.ts';
import type { Caller } from './caller.ts';
import type { ImmediateActivity } from './immediate-activity.ts';
import { Query, type QueryFrame } from './query.ts';
import { invalidCommand, noLongerPaired, siteStopping } from './query-failure.ts';
import { failureOutcome, type Outcome, type QueryRunner } from './run-query.ts';

export interface ExecutorOptions {
  readonly run: QueryRunner;
  /** Left out, the site offers no FHIR. */
  readonly runFhir?: QueryRunner<FhirFrame> | undefined;
  readonly activity: ImmediateActivity;
  readonly events: LinkEvents;
}

const NO_FHIR = 'The site offers no FHIR.';

/** Takes the gateway's commands and FHIR requests and answers each exactly once, to the session that asked. */
export class Executor {
  readonly #run: QueryRunner;
  readonly #runFhir: QueryRunner<FhirFrame>;
  readonly #activity: ImmediateActivity;
  readonly #events: LinkEvents;
  readonly #queries = new Map<string, Query<QueryFrame>>();
  readonly #inHand = new Set<Promise<void>>();
  #isStopping = false;

  constructor({ run, runFhir, activity, events }: ExecutorOptions) {
    this.#run = run;
    this.#runFhir =
      runFhir ?? (async (query) => failureOutcome(query, invalidCommand(NO_FHIR, 501)));
    this.#activity = activity;
    this.#events = events;
  }

  /** Begins a query; its outcome goes to the caller when it is there. */
  execute(frame: ExecuteFrame, caller: Caller): void {
    this.#begin(frame, caller, this.#run);
  }

  /** The same for a FHIR request. */
  answer(frame: FhirFrame, caller: Caller): void {
    this.#begin(frame, caller, this.#runFhir);
  }

  #begin<Frame extends QueryFrame>(frame: Frame, caller: Caller, run: QueryRunner<Frame>): void {
    if (this.#queries.has(frame.queryId)) {
      this.#events.queryRepeated(frame.queryId, caller.sessionId);
      const message = `The query ${frame.queryId} is running already; it is not run again.`;
      caller.send({ type: 'error', message });
      return;
    }
    const query = new Query(frame, caller);
    if (this.#isStopping) return this.#answer(query, failureOutcome(query, siteStopping()));
    this.#queries.set(query.id, query);
    const inHand = this.#carryOut(query, run).finally(() => this.#inHand.delete(inHand));
    this.#inHand.add(inHand);
  }

  /** The caller of one query is gone. */
  cancel(queryId: string): void {
    this.#queries.get(queryId)?.abandon();
  }

  /** A whole session is gone, and with it all that waited on it. */
  abandon(sessionId: string): void {
    for (const query of this.#queries.values()) {
      if (query.caller.sessionId === sessionId) query.abandon();
    }
  }

  /** Asks anew whether what waits, and what runs, may go on. */
  askPractice(control: Pick<PracticeControl, 'refusalOf' | 'cut'>): void {
    const { cut } = control;
    for (const query of this.#queries.values()) {
      const refusal = control.refusalOf(query.frame.integratorId);
      if (refusal) query.refuse(refusal);
      if (cut !== undefined) query.cutByPractice(cut);
    }
  }

  /** The pairing of an integrator has ended: what it has waiting is refused. */
  unpaired(integratorId: string): void {
    for (const query of this.#queries.values()) {
      if (query.frame.integratorId === integratorId) query.refuse(noLongerPaired());
    }
  }

  /** Takes no more work, lets what is in hand finish until the deadline, then cuts it short, which may take half as long again. */
  async stop(deadlineMs: number): Promise<void> {
    this.#isStopping = true;
    const done = Promise.all(this.#inHand);
    try {
      await orAborted(done, AbortSignal.timeout(deadlineMs));
    } catch {
      for (const query of this.#queries.values()) query.cutShort();
      await orAborted(done, AbortSignal.timeout(deadlineMs / 2)).catch(() => {});
    }
  }

  async #carryOut<Frame extends QueryFrame>(
    query: Query<Frame>,
    run: QueryRunner<Frame>,
  ): Promise<void> {
    this.#activity.begin();
    try {
      const outcome = await run(query);
      this.#queries.delete(query.id);
      this.#answer(query, outcome);
    } finally {
      this.#activity.end();
    }
  }

  #answer(query: Query<QueryFrame>, { frame, body }: Outcome): void {
    this.#events.queryEnded(frame, query.isStarted);
    if (!query.caller.send(frame, body)) {
      this.#events.outcomeDropped(query.id, query.caller.sessionId);
    }
  }
}
