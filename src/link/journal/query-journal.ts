import type { ReportFrame } from '../../protocol/async-frames.ts';
import type { Command } from '../../protocol/command.ts';
import type { JournalFile } from './journal-file.ts';

/** How far a query of the journal has come. */
export type JournalState =
  /** Kept, and never sent to the database. */
  | 'queued'
  /** Its last attempt may have been sent to the database. */
  | 'executing'
  /** The database has finished; not all pages have arrived. */
  | 'uploading'
  /** An end that the gateway has perhaps not heard of. */
  | TerminalState;

/** States of a report that are the end of a query at the site. */
export type TerminalState = 'successful' | 'executionFailed' | 'uploadFailed' | 'expiredInQueue';

/** What a report tells of a query beside its state. */
export type QueryFacts = Omit<ReportFrame, 'type' | 'queryId' | 'state' | 'attempt' | 'mayWrite'>;

/** What the gateway handed over. */
export interface QueryOrder {
  readonly queryId: string;
  readonly integratorId: string;
  readonly catalogue: string | undefined;
  readonly command: Command;
  readonly pageBytes: number;
  readonly executionLimitMs: number;
  /** Milliseconds since 1970, by the link's clock. */
  readonly expiresAt: number;
}

/** The part of a query that is held in memory while it waits: everything but the command. */
export interface QuerySummary {
  readonly queryId: string;
  readonly integratorId: string;
  readonly expiresAt: number;
  readonly state: JournalState;
  readonly attempt: number;
  readonly facts: QueryFacts;
}

interface SummaryRow {
  readonly query_id: string;
  readonly integrator_id: string;
  readonly expires_at: number;
  readonly state: string;
  readonly attempt: number;
  readonly facts: string;
}

interface OrderRow {
  readonly query_id: string;
  readonly integrator_id: string;
  readonly catalogue: string | null;
  readonly command: string;
  readonly page_bytes: number;
  readonly execution_limit_ms: number;
  readonly expires_at: number;
}

/** The async queries of the site, as they survive a crash. Every promise settles once the change is durable, or not made. */
export class QueryJournal {
  readonly #file: JournalFile;

  constructor(file: JournalFile) {
    this.#file = file;
  }

  add(order: QueryOrder): Promise<void> {
    return this.#file.write(
      `INSERT INTO async_queries (query_id, integrator_id, catalogue, command, page_bytes, execution_limit_ms,
         expires_at, state, attempt, facts) VALUES (?, ?, ?, ?, ?, ?, ?, 'queued', 0, '{}')`,
      [
        order.queryId,
        order.integratorId,
        // JSON escapes a NUL, which the column could not hold.
        order.catalogue === undefined ? null : JSON.stringify(order.catalogue),
        JSON.stringify(order.command),
        order.pageBytes,
        order.executionLimitMs,
        order.expiresAt,
      ],
    );
  }

  /** @throws Error when the query is not kept */
  order(queryId: string): QueryOrder {
    const [row] = this.#file.all<OrderRow>(
      `SELECT query_id, integrator_id, catalogue, command, page_bytes, execution_limit_ms, expires_at
       FROM async_queries WHERE query_id = ?`,
      [queryId],
    );
    if (!row) throw new Error('The journal does not have the query.');
    return {
      queryId: row.query_id,
      integratorId: row.integrator_id,
      catalogue: row.catalogue === null ? undefined : (JSON.parse(row.catalogue) as string),
      command: JSON.parse(row.command) as Command,
      pageBytes: row.page_bytes,
      executionLimitMs: row.execution_limit_ms,
      expiresAt: row.expires_at,
    };
  }

  /** All that is kept, first come first. */
  summaries(): QuerySummary[] {
    return this.#file
      .all<SummaryRow>(
        `SELECT query_id, integrator_id, expires_at, state, attempt, facts
         FROM async_queries ORDER BY sequence`,
      )
      .map((row) => ({
        queryId: row.query_id,
        integratorId: row.integrator_id,
        expiresAt: row.expires_at,
        state: row.state as JournalState,
        attempt: row.attempt,
        facts: JSON.parse(row.facts) as QueryFacts,
      }));
  }

  advance(
    queryId: string,
    to: { readonly state: JournalState; readonly attempt: number; readonly facts?: QueryFacts },
  ): Promise<void> {
    return this.#file.write(
      'UPDATE async_queries SET state = ?, attempt = ?, facts = ? WHERE query_id = ?',
      [to.state, to.attempt, JSON.stringify(to.facts ?? {}), queryId],
    );
  }

  async erase(queryId: string): Promise<void> {
    await this.#file.write('DELETE FROM async_queries WHERE query_id = ?', [queryId]);
    this.#file.truncateOnceEmpty('async_queries');
  }
}
