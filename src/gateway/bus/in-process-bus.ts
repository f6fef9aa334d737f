import { setMaxListeners } from 'node:events';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { type Deferred, deferred } from '../../lib/deferred.ts';
import { orAborted } from '../../lib/waiting.ts';
import type { Bus, BusHandler, BusMessage, CallOutcome } from './bus.ts';

/** Words of letters, digits, `_` and `-` joined by dots: what any broker takes for a subject. */
const TOPIC = /^[\w-]+(\.[\w-]+)*$/;

type Listener = (payload: unknown) => void;

function checkTopic(topic: string): void {
  if (!TOPIC.test(topic))
    throw new ParhelionError('internal', `"${topic}" is no topic of the bus.`);
}

/** The bus of a single node. Calls cost a look-up; headers are handed over, not copied. */
export class InProcessBus<RequestHeader, ResponseHeader>
  implements Bus<RequestHeader, ResponseHeader>
{
  readonly #handlers = new Map<string, BusHandler<RequestHeader, ResponseHeader>>();
  readonly #holderWaits = new Map<string, Deferred<void>>();
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #closed = new AbortController();

  constructor() {
    // Every call under way listens to it.
    setMaxListeners(0, this.#closed.signal);
  }

  serve(siteId: string, handler: BusHandler<RequestHeader, ResponseHeader>): Disposable {
    this.#refuseWhenClosed();
    // One function may serve twice in a row: the first registration's end must not end the second.
    const registered: typeof handler = (request, context) => handler(request, context);
    this.#handlers.set(siteId, registered);
    this.#holderWaits.get(siteId)?.resolve();
    this.#holderWaits.delete(siteId);
    return {
      [Symbol.dispose]: () => {
        if (this.#handlers.get(siteId) === registered) this.#handlers.delete(siteId);
      },
    };
  }

  async call(
    siteId: string,
    request: BusMessage<RequestHeader>,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<CallOutcome<ResponseHeader>> {
    this.#refuseWhenClosed();
    signal.throwIfAborted();
    const handler = this.#handlers.get(siteId);
    if (!handler) return { outcome: 'noHolder' };
    try {
      const answer = orAborted(handler(request, { signal }), signal);
      const response = await orAborted(answer, this.#closed.signal);
      return { outcome: 'answered', response };
    } catch (error) {
      signal.throwIfAborted();
      if (this.#closed.signal.aborted) return { outcome: 'holderLost' };
      throw ParhelionError.from(error);
    }
  }

  async waitForHolder(siteId: string, { signal }: { readonly signal: AbortSignal }): Promise<void> {
    this.#refuseWhenClosed();
    signal.throwIfAborted();
    if (this.#handlers.has(siteId)) return;
    let wait = this.#holderWaits.get(siteId);
    if (!wait) {
      wait = deferred<void>();
      wait.promise.catch(() => {});
      this.#holderWaits.set(siteId, wait);
    }
    await orAborted(wait.promise, signal);
  }

  publish(topic: string, payload: unknown = null): void {
    checkTopic(topic);
    const listeners = this.#listeners.get(topic);
    if (!listeners || this.#closed.signal.aborted) return;
    const json = JSON.stringify(payload);
    for (const listener of listeners) {
      // Never inside the publisher's own call, as with any broker.
      setImmediate(() => {
        if (listeners.has(listener)) listener(JSON.parse(json));
      });
    }
  }

  subscribe(topic: string, listener: Listener): Disposable {
    checkTopic(topic);
    this.#refuseWhenClosed();
    const listeners = this.#listeners.get(topic) ?? new Set<Listener>();
    this.#listeners.set(topic, listeners);
    const own: Listener = (payload) => listener(payload);
    listeners.add(own);
    return {
      [Symbol.dispose]: () => {
        listeners.delete(own);
        if (listeners.size === 0 && this.#listeners.get(topic) === listeners) {
          this.#listeners.delete(topic);
        }
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort();
    this.#handlers.clear();
    for (const listeners of this.#listeners.values()) listeners.clear();
    this.#listeners.clear();
    for (const wait of this.#holderWaits.values()) wait.reject(closedError());
    this.#holderWaits.clear();
  }

  #refuseWhenClosed(): void {
    if (this.#closed.signal.aborted) throw closedError();
  }
}

function closedError(): ParhelionError {
  return new ParhelionError('siteOffline', 'The gateway is stopping.');
}
