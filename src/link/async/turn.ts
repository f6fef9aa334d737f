import { haloLinkError } from '../../protocol/error-details.ts';
import { cutByPractice, cutByStop, type QueryFailure } from '../execution/query-failure.ts';
import type { QueryFacts, TerminalState } from '../journal/query-journal.ts';

/** How the turn of a query came to its end. */
export type TurnEnd =
  | Outcome
  /** The gateway wants no more of it. */
  | { readonly kind: 'over' }
  /** The link stops; the journal says what becomes of it at the next start. */
  | { readonly kind: 'stopped' }
  /** It could not use its turn, because the gateway did not permit it in time. */
  | { readonly kind: 'notNow' };

/** An end that the gateway is told. */
export interface Outcome {
  readonly kind: 'outcome';
  readonly state: TerminalState;
  readonly facts: QueryFacts;
}

export function failed({ errorDetails }: QueryFailure): Outcome {
  return { kind: 'outcome', state: 'executionFailed', facts: { errorDetails } };
}

/** The rows of a command that has written are gone, and it cannot be run again for them. */
export function rowsLost(facts: QueryFacts): Outcome {
  const message =
    'The site stopped before all pages were uploaded. The command has run; its rows are lost.';
  const errorDetails = haloLinkError('siteWentAway', message);
  return { kind: 'outcome', state: 'uploadFailed', facts: { ...facts, errorDetails } };
}

/** One turn of a query at the database, and the ways to end it from outside. */
export class Turn {
  readonly #stop = new AbortController();
  readonly #rowsUnwanted = new AbortController();
  #progress: 'waiting' | 'reading' | 'writing' | 'written' = 'waiting';
  #facts: QueryFacts = {};
  #end: TurnEnd | undefined;
  #endAfterWrite: TurnEnd | undefined;

  /** Aborts to end everything, in the database too. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Aborts when the rows need not go anywhere; a command that may write runs on. */
  get rowsUnwanted(): AbortSignal {
    return this.#rowsUnwanted.signal;
  }

  /** How it has to end, when that was decided from outside. */
  get end(): TurnEnd | undefined {
    return this.#end ?? this.#endAfterWrite;
  }

  /** Whether the latest run has begun. */
  get hasBegun(): boolean {
    return this.#progress !== 'waiting';
  }

  /** The command goes to the database now. */
  begin(mayWrite: boolean): void {
    this.#progress = mayWrite ? 'writing' : 'reading';
  }

  /** The connection was lost under a read: nothing is under way. */
  beginAgain(): void {
    this.#progress = 'waiting';
  }

  /** The database has finished; what is left is to bring the pages away. */
  finish(facts: QueryFacts): void {
    this.#facts = facts;
    if (this.#progress === 'writing') this.#progress = 'written';
  }

  /** Ends it as said, whatever it does. */
  endAs(end: TurnEnd): void {
    this.#end ??= end;
    this.#rowsUnwanted.abort();
    this.#stop.abort();
  }

  /** Ends it as said, but lets a command that may be writing finish first. */
  endGently(end: TurnEnd): void {
    if (this.#progress !== 'writing') return this.endAs(end);
    this.#endAfterWrite ??= end;
    this.#rowsUnwanted.abort();
  }

  /** The practice stops what runs; what the database has finished is not touched. */
  cutByPractice(why: string): void {
    if (this.#progress === 'waiting' || this.#progress === 'written') return;
    this.endAs(failed(cutByPractice(why, this.#progress === 'reading')));
  }

  /** The link stops; what writes or has written may take a little longer. */
  stopSoon(): void {
    if (this.#progress === 'writing' || this.#progress === 'written') return;
    this.endAs({ kind: 'stopped' });
  }

  /** The link stops and can wait no longer. */
  cutShort(): void {
    if (this.#progress === 'writing') this.endAs(failed(cutByStop(false)));
    else if (this.#progress === 'written') this.endAs(rowsLost(this.#facts));
    else this.endAs({ kind: 'stopped' });
  }
}
