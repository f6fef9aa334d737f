import type { FhirFrame } from '../../protocol/fhir-frames.ts';
import type { ExecuteFrame } from '../../protocol/frames.ts';
import type { Permit } from '../policy/practice-control.ts';
import type { Caller } from './caller.ts';
import {
  cancelled,
  cutByPractice,
  cutByStop,
  type QueryFailure,
  siteStopping,
} from './query-failure.ts';

/**
 * How far a query has come. What is done `inTransaction` is undone when it is stopped; from `writing` on the database
 * may have changed something for good.
 */
type Progress = 'waiting' | 'reading' | 'inTransaction' | 'writing';

/** What asks for a query. */
export type QueryFrame = ExecuteFrame | FhirFrame;

/** One command or FHIR request on its way through the link, and the ways to stop it. */
export class Query<Frame extends QueryFrame = ExecuteFrame> {
  readonly frame: Frame;
  readonly caller: Caller;
  readonly arrivedAt = performance.now();
  /** The practice's permission, once there is one. */
  permit: Permit | undefined;
  readonly #stop = new AbortController();
  readonly #unwanted = new AbortController();
  #progress: Progress = 'waiting';
  #startedAt: number | undefined;
  #endedAt: number | undefined;

  constructor(frame: Frame, caller: Caller) {
    this.frame = frame;
    this.caller = caller;
  }

  get id(): string {
    return this.frame.queryId;
  }

  /** Aborts to end the query, in the database too; the reason is a {@link QueryFailure}. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Aborts when nobody waits for the answer any more. */
  get unwanted(): AbortSignal {
    return this.#unwanted.signal;
  }

  /** Whether the command has gone to the database. */
  get isStarted(): boolean {
    return this.#startedAt !== undefined;
  }

  /** Whether the database may have begun to change something, and has not said how it ended. */
  get isWriting(): boolean {
    return this.#progress === 'writing' && this.#endedAt === undefined;
  }

  /** The command, or the next part of the request, goes to the database now. */
  begin(progress: Exclude<Progress, 'waiting'>): void {
    this.#startedAt ??= performance.now();
    this.#progress = progress;
  }

  /** The database has answered to the end; what is left is to hand the answer over. */
  end(): void {
    this.#endedAt = performance.now();
  }

  /** Times as the outcome tells them; only what has begun is in. */
  timings(): { queryId: string; queuedMs?: number; sqlExecutionMs?: number } {
    if (this.#startedAt === undefined) return { queryId: this.id };
    return {
      queryId: this.id,
      queuedMs: Math.round(this.#startedAt - this.arrivedAt),
      sqlExecutionMs: Math.round((this.#endedAt ?? performance.now()) - this.#startedAt),
    };
  }

  /** Ends the query whatever it does. */
  stop(reason: QueryFailure): void {
    this.#stop.abort(reason);
  }

  /** The practice allows it no longer: one that waits is refused. */
  refuse(reason: QueryFailure): void {
    if (this.#progress === 'waiting') this.stop(reason);
  }

  /** The practice stops what runs. A finished write keeps its outcome. */
  cutByPractice(why: string): void {
    if (this.#progress === 'waiting' || this.#endedAt !== undefined) return;
    this.stop(cutByPractice(why, this.#progress !== 'writing'));
  }

  /** Nobody waits any more: what may have begun to write finishes, all else stops. */
  abandon(): void {
    this.#unwanted.abort();
    const hasBegunToWrite = this.#progress === 'writing' || this.#progress === 'inTransaction';
    if (!hasBegunToWrite) this.stop(cancelled());
  }

  /** The link stops and can wait no longer. A finished write keeps its outcome: only its rows are given up. */
  cutShort(): void {
    this.#unwanted.abort();
    if (this.#progress === 'waiting') this.stop(siteStopping());
    else if (this.#progress !== 'writing') this.stop(cutByStop(true));
    else if (this.#endedAt === undefined) this.stop(cutByStop(false));
  }
}
