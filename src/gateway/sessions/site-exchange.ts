import type { FhirAnswerFrame } from '../../protocol/fhir-frames.ts';
import type { FailureFrame, ResultFrame } from '../../protocol/frames.ts';

/** What every request to a site has. Serialisable, so that it can go through a bus. */
interface Asked {
  readonly queryId: string;
  readonly integratorId: string;
  readonly maxTimeInQueueMs: number;
  readonly executionLimitMs: number;
  readonly maxResultBytes: number;
}

/** A command on its way to a site. */
export interface SiteCommand extends Asked {
  readonly catalogue?: string;
  /** The command as JSON, as it is sent on. */
  readonly commandJson: string;
}

/** A FHIR request on its way to a site. */
export interface SiteFhirRequest extends Asked {
  /** The HTTP request as JSON, as it is sent on. */
  readonly fhirJson: string;
}

export type SiteRequest = SiteCommand | SiteFhirRequest;

type Facts<Frame extends ResultFrame | FhirAnswerFrame> = Omit<
  Frame,
  'type' | 'queryId' | 'isOnDataStream'
>;

/** There is no answer, and why. */
export type NoAnswer =
  | ({ readonly kind: 'failure' } & Omit<FailureFrame, 'type' | 'queryId'>)
  /** The socket was lost. Only a request that was not sent has surely not run. */
  | { readonly kind: 'siteWentAway'; readonly wasSent: boolean };

/** What became of a command. The rows of a `result` are the body that goes with it. */
export type CommandOutcome = ({ readonly kind: 'result' } & Facts<ResultFrame>) | NoAnswer;

/** What became of a FHIR request. */
export type FhirOutcome = ({ readonly kind: 'fhirAnswer' } & Facts<FhirAnswerFrame>) | NoAnswer;

export type SiteOutcome = CommandOutcome | FhirOutcome;

/** An outcome with the chunks of its body, none unless the site has answered. */
export interface SiteAnswer<Outcome extends SiteOutcome = SiteOutcome> {
  readonly outcome: Outcome;
  readonly body: readonly Buffer[];
}
