/** What the link knows of itself at one moment. */
export interface LinkStatusSnapshot {
  readonly linkVersion: string;
  readonly state: 'connecting' | 'live' | 'waiting' | 'stopped';
  /** The gateway of the current or last session. */
  readonly gatewayUrl?: string;
  readonly sessionId?: string;
  /** ISO 8601, while live. */
  readonly connectedSince?: string;
  /** Why the last session or attempt ended. */
  readonly lastEnd?: string;
  readonly counters: Readonly<LinkCounters>;
}

export interface LinkCounters {
  dials: number;
  sessions: number;
  displacements: number;
  queriesRunning: number;
  queriesSucceeded: number;
  queriesFailed: number;
  resultBytes: number;
  /** Kept at the site at this moment. */
  registeredQueries: number;
  registeredRunsSucceeded: number;
  registeredRunsFailed: number;
}

/** Kept up to date by the link's events; read by whoever wants to show it. */
export class LinkStatus {
  readonly counters: LinkCounters = {
    dials: 0,
    sessions: 0,
    displacements: 0,
    queriesRunning: 0,
    queriesSucceeded: 0,
    queriesFailed: 0,
    resultBytes: 0,
    registeredQueries: 0,
    registeredRunsSucceeded: 0,
    registeredRunsFailed: 0,
  };
  readonly #linkVersion: string;
  readonly #clock: () => number;
  #state: LinkStatusSnapshot['state'] = 'connecting';
  #session: { gatewayUrl: string; sessionId: string; connectedSince: string } | undefined;
  #lastGatewayUrl: string | undefined;
  #lastEnd: string | undefined;

  constructor(linkVersion: string, clock: () => number) {
    this.#linkVersion = linkVersion;
    this.#clock = clock;
  }

  connecting(): void {
    this.#state = 'connecting';
    this.counters.dials += 1;
  }

  live(gatewayUrl: string, sessionId: string): void {
    const connectedSince = new Date(this.#clock()).toISOString();
    this.#state = 'live';
    this.#session = { gatewayUrl, sessionId, connectedSince };
    this.#lastGatewayUrl = gatewayUrl;
    this.counters.sessions += 1;
  }

  lost(reason: string): void {
    this.#state = 'waiting';
    this.#session = undefined;
    this.#lastEnd = reason;
  }

  stopped(): void {
    this.#state = 'stopped';
    this.#session = undefined;
  }

  snapshot(): LinkStatusSnapshot {
    return {
      linkVersion: this.#linkVersion,
      state: this.#state,
      ...(this.#lastGatewayUrl !== undefined && { gatewayUrl: this.#lastGatewayUrl }),
      ...this.#session,
      ...(this.#lastEnd !== undefined && { lastEnd: this.#lastEnd }),
      counters: { ...this.counters },
    };
  }
}
