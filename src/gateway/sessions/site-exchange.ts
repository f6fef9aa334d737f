import type { FailureFrame, ResultFrame } from '../../protocol/frames.ts';

/** A command on its way to a site. Serialisable, so that it can go through a bus. */
export interface SiteRequest {
  readonly queryId: string;
  readonly integratorId: string;
  readonly catalogue?: string;
  /** The command as JSON, as it is sent on. */
  readonly commandJson: string;
  readonly maxTimeInQueueMs: number;
  readonly executionLimitMs: number;
  readonly maxResultBytes: number;
}

/** What became of a request. The rows of a `result` are the body that goes with it. */
export type SiteOutcome =
  | ({ readonly kind: 'result' } & Omit<ResultFrame, 'type' | 'queryId' | 'isOnDataStream'>)
  | ({ readonly kind: 'failure' } & Omit<FailureFrame, 'type' | 'queryId'>)
  /** The socket was lost. Only a command that was not sent has surely not run. */
  | { readonly kind: 'siteWentAway'; readonly wasSent: boolean };

/** An outcome with the chunks of its rows, none unless it is a `result`. */
export interface SiteAnswer {
  readonly outcome: SiteOutcome;
  readonly body: readonly Buffer[];
}
