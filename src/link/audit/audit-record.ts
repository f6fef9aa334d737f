import type { ErrorDetails } from '../../protocol/error-details.ts';

/** In which way an integrator asked. */
export type QueryMode = 'immediate' | 'async' | 'registered' | 'fhir';

/** Who asked for what. */
export interface AuditedQuery {
  readonly queryId: string;
  readonly integratorId: string;
  readonly mode: QueryMode;
  /** Lower-case hex SHA-256 of the command's text; left out when the text never reached the site. */
  readonly statementHash?: string;
  /** The text itself, where the practice keeps it. */
  readonly statement?: string;
  /** The text was longer than what is kept of it; the hash is of the whole. */
  readonly isStatementCut?: true;
  readonly catalogue?: string;
}

/** How a command ended, as the database and the delivery of its result left it. */
export interface AuditedEnd {
  /** `notStarted`: it was not sent to the database in time. */
  readonly outcome: 'successful' | 'failed' | 'refused' | 'notStarted' | 'unknown';
  readonly errorType?: ErrorDetails['errorType'];
  readonly errorCode?: number;
  readonly rows?: number;
  readonly rowsAffected?: number;
  /** Bytes of the result. */
  readonly bytes?: number;
  readonly durationMs?: number;
}

/** One thing that the trail tells. */
export type AuditRecord =
  /** A command is to be sent to the database. */
  | ({ readonly kind: 'started' } & AuditedQuery)
  /** It has ended; `started` is the number of its entry. */
  | ({ readonly kind: 'ended'; readonly started: number } & Pick<AuditedQuery, 'queryId'> &
      AuditedEnd)
  /** The practice has refused a command, and it was not sent. */
  | ({ readonly kind: 'refused'; readonly why: string } & AuditedQuery)
  | { readonly kind: 'linkStarted'; readonly linkVersion: string }
  | { readonly kind: 'linkStopped' }
  /** The policy was read, at the start or after a change; no hash where there is no file that can be read. */
  | { readonly kind: 'policyRead'; readonly isBroken: boolean; readonly policyHash?: string }
  /** The last line was not whole, as a loss of power leaves it. It was never confirmed, and was taken away. */
  | { readonly kind: 'tornLineRemoved'; readonly bytes: number }
  /** The files do not end where the link left them. */
  | {
      readonly kind: 'foundChanged';
      readonly expectedSequence: number;
      readonly foundSequence: number;
    };

/** A record at its place in the chain. */
export type AuditEntry = AuditRecord & {
  /** Counts by one from 1, over all files. */
  readonly sequence: number;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly previousHash: string;
  readonly hash: string;
};
