import { sha256 } from '../audit/audit-line.ts';
import type { AuditedEnd, AuditedQuery, AuditRecord } from '../audit/audit-record.ts';
import { type QueryFailure, refusedByPractice } from '../execution/query-failure.ts';
import { isPaused, type Judgement, judge, type PolicyState } from './judge.ts';

/** Longer texts are cut in the trail: a line of it has to stay one that can be read. */
const MAX_STATEMENT_CHARACTERS = 100_000;

/** A command that is asked for. */
export interface ControlledQuery
  extends Pick<AuditedQuery, 'queryId' | 'integratorId' | 'mode' | 'catalogue'> {
  /** The command's text; left out when it never reached the site. */
  readonly text?: string;
}

/** The part of the audit trail that is needed here. */
export interface Trail {
  append(record: AuditRecord): Promise<number>;
  keep(record: AuditRecord): void;
}

/** The practice's permission for one command, to be closed by its end. */
export interface Permit {
  /**
   * The last look, just before the command goes to the database.
   *
   * @returns how the driver has to run it
   * @throws QueryFailure `refused`
   */
  confirm(): { readonly isReadOnly: boolean };
  /** Notes how it ended. What is said a second time is not noted. */
  end(end: AuditedEnd): void;
}

export interface PracticeControlOptions {
  readonly policy: () => PolicyState;
  readonly trail: Trail;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/**
 * The practice's word on each command, asked by all that send commands to the database. Nothing that comes from the
 * gateway changes what it says, but for an ended pairing, which refuses more.
 */
export class PracticeControl {
  readonly #options: PracticeControlOptions;
  readonly #listeners = new Set<() => void>();

  constructor(options: PracticeControlOptions) {
    this.#options = options;
  }

  /** Why the integrator's commands are refused at the moment; undefined when they are not. */
  refusalOf(integratorId: string): QueryFailure | undefined {
    const judgement = this.#judge(integratorId);
    return judgement.isAllowed ? undefined : refusedByPractice(judgement.why);
  }

  /** Why commands that run are to be stopped; undefined when they may go on. */
  get cut(): string | undefined {
    const state = this.#options.policy();
    if (state.kind !== 'policy' || state.policy.pauseCutsRunning !== true) return undefined;
    return isPaused(state.policy, this.#options.clock()) ? 'queries are paused.' : undefined;
  }

  /**
   * To be asked before a command goes to the database, and confirmed when it goes. Its entry is in the audit trail when
   * this resolves.
   *
   * @throws QueryFailure `refused`; also when the trail cannot be written
   */
  async admit(query: ControlledQuery): Promise<Permit> {
    this.#require(query.integratorId);
    const { trail } = this.#options;
    let started: number;
    try {
      started = await trail.append({ kind: 'started', ...this.#audited(query) });
    } catch (error) {
      throw refusedByPractice('its audit trail cannot be written.', error);
    }
    const { queryId, integratorId } = query;
    let hasEnded = false;
    return {
      confirm: () => this.#require(integratorId),
      end: (end) => {
        if (!hasEnded) trail.keep({ kind: 'ended', started, queryId, ...end });
        hasEnded = true;
      },
    };
  }

  /** Notes a command that was refused before it was sent. */
  noteRefusal(query: ControlledQuery, { message: why }: Pick<QueryFailure, 'message'>): void {
    const record: AuditRecord = { kind: 'refused', why, ...this.#audited(query) };
    // It is not kept for later: refusals must not pile up behind a full disk.
    this.#options.trail.append(record).catch(() => {});
  }

  /** Calls back after each change of the policy: what waits may have to be refused. */
  subscribe(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** The policy has changed. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  #require(integratorId: string): { readonly isReadOnly: boolean } {
    const judgement = this.#judge(integratorId);
    if (!judgement.isAllowed) throw refusedByPractice(judgement.why);
    return { isReadOnly: judgement.isReadOnly };
  }

  #judge(integratorId: string): Judgement {
    return judge(this.#options.policy(), integratorId, this.#options.clock());
  }

  #audited({ text, ...query }: ControlledQuery): AuditedQuery {
    if (text === undefined) return query;
    const hashed = { ...query, statementHash: sha256(text) };
    const state = this.#options.policy();
    const keepsText = state.kind === 'policy' && state.policy.audit?.statement === 'text';
    if (!keepsText) return hashed;
    if (text.length <= MAX_STATEMENT_CHARACTERS) return { ...hashed, statement: text };
    const statement = text.slice(0, MAX_STATEMENT_CHARACTERS);
    return { ...hashed, statement, isStatementCut: true };
  }
}
