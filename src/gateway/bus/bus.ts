/**
 * What crosses the bus: a small header that survives JSON, and bytes. Nothing in it is shared afterwards: whoever sent
 * it does not touch it again, whoever got it does not change it.
 */
export interface BusMessage<Header> {
  readonly header: Header;
  /** Read at most once. A reader that stops early, or never starts, aborts the call's signal. */
  readonly body?: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

export type CallOutcome<ResponseHeader> =
  | { readonly outcome: 'answered'; readonly response: BusMessage<ResponseHeader> }
  /** Nobody serves the site: the request has surely not been seen by anybody. */
  | { readonly outcome: 'noHolder' }
  /** The node that took the request is gone: what it did with it is unknown. */
  | { readonly outcome: 'holderLost' };

/** Answers the requests for one site. The signal aborts when the caller has given up. */
export type BusHandler<RequestHeader, ResponseHeader> = (
  request: BusMessage<RequestHeader>,
  context: { readonly signal: AbortSignal },
) => Promise<BusMessage<ResponseHeader>>;

/** Brings a request to the node that holds a site's session, and wakes nodes up. */
export interface Bus<RequestHeader, ResponseHeader> extends AsyncDisposable {
  /** Takes the requests for a site until disposed. The newest handler of a site gets them. */
  serve(siteId: string, handler: BusHandler<RequestHeader, ResponseHeader>): Disposable;

  /**
   * Rejects with the signal's reason when it aborts, and with a ParhelionError when the handler failed: of any other
   * error only the fact crosses the bus.
   */
  call(
    siteId: string,
    request: BusMessage<RequestHeader>,
    options: { readonly signal: AbortSignal },
  ): Promise<CallOutcome<ResponseHeader>>;

  /** Resolves once somebody serves the site; rejects with the signal's reason when it aborts. */
  waitForHolder(siteId: string, options: { readonly signal: AbortSignal }): Promise<void>;

  /**
   * Tells every subscriber of the topic on every node, at most once and with no promise: a hint to look at the store.
   * The payload crosses as JSON.
   */
  publish(topic: string, payload?: unknown): void;

  /** The payload comes from another process: read it as untrusted. A listener must not throw. */
  subscribe(topic: string, listener: (payload: unknown) => void): Disposable;
}
