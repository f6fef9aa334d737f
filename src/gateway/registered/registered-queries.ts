import { ParhelionError } from '../../errors/parhelion-error.ts';
import { newId } from '../../lib/ids.ts';
import { checkParameters, type QueryOwner } from '../queries/index.ts';
import type { SiteSession } from '../sessions/index.ts';
import { cancelUnpaired, completeDue, eraseDue } from './endings.ts';
import { InlineResults } from './inline-results.ts';
import { type OpenedResult, openResult } from './open-result.ts';
import { receiveResult } from './receive-result.ts';
import type { RegisteredContext, RegisteredOptions } from './registered-context.ts';
import type { RegisteredQuery } from './registered-query.ts';
import { type NewRegisteredQuery, RegisteredStore } from './registered-store.ts';
import { SiteRegistrations } from './site-registrations.ts';

const TOPIC = 'registered';

/** Registered queries (contract §9): created and read here, run by the links alone. */
export class RegisteredQueries implements AsyncDisposable {
  readonly #context: RegisteredContext;
  readonly #sites = new Map<string, SiteRegistrations>();
  readonly #hints: Disposable;

  constructor(options: RegisteredOptions) {
    this.#context = {
      ...options,
      store: new RegisteredStore(options),
      inline: new InlineResults(options),
    };
    this.#hints = options.bus.subscribe(TOPIC, (siteId) => {
      if (typeof siteId === 'string') this.#sites.get(siteId)?.wake();
    });
  }

  /**
   * Accepts a query, durably; the site gets it now or when it returns. A few more than the limit may slip through when
   * they are created at the same moment.
   *
   * @throws ParhelionError `invalidRequest`, `quotaExceeded`, `refusedByPractice`
   */
  async create(query: Omit<NewRegisteredQuery, 'id'>): Promise<string> {
    const { store, maxPerSite, bus, limits, askPractice } = this.#context;
    const { command, integratorId, siteId } = query;
    if (command.executionMode === 'nonQuery') {
      throw new ParhelionError(
        'invalidRequest',
        'body.registerCommand.command.executionMode must be reader or scalar',
      );
    }
    checkParameters(command);
    if ((await store.countEnabled(integratorId, siteId)) >= maxPerSite) {
      throw new ParhelionError(
        'quotaExceeded',
        `There are ${maxPerSite} enabled registered queries at this site already: cancel one first.`,
      );
    }
    const id = newId();
    const refusal = await askPractice(siteId, id, integratorId);
    if (refusal) throw new ParhelionError('refusedByPractice', refusal.errorMessage);
    using admission = await limits.admit({ integratorId, siteId, kind: 'registered' });
    try {
      await store.create({ ...query, id });
    } catch (error) {
      admission.withdraw();
      throw error;
    }
    bus.publish(TOPIC, siteId);
    return id;
  }

  list(owner: QueryOwner, siteId: string): Promise<RegisteredQuery[]> {
    return this.#context.store.list(owner, siteId);
  }

  find(owner: QueryOwner, siteId: string, id: string): Promise<RegisteredQuery | undefined> {
    return this.#context.store.find(owner, siteId, id);
  }

  /** One that has ended already stays as it is. False when there is none. */
  async cancel(owner: QueryOwner, siteId: string, id: string): Promise<boolean> {
    const { store, bus } = this.#context;
    if (await store.cancel(owner, siteId, id)) {
      bus.publish(TOPIC, siteId);
      return true;
    }
    return (await store.find(owner, siteId, id)) !== undefined;
  }

  /** The rows of a result; undefined when there is none, or a newer one has just taken its place. */
  openResult(query: RegisteredQuery): Promise<OpenedResult | undefined> {
    return openResult(this.#context, query);
  }

  /** Takes the bytes of a changed result from a link. @throws ParhelionError */
  receiveResult(queryId: string, token: string, body: AsyncIterable<Uint8Array>): Promise<void> {
    return receiveResult(this.#context, queryId, token, body);
  }

  /** Looks after the queries of a session's site until disposed. */
  attach(session: SiteSession): Disposable {
    if (!session.capabilities.has('registered')) return { [Symbol.dispose]: () => {} };
    const { siteId } = session;
    const site = new SiteRegistrations(this.#context, session);
    this.#sites.set(siteId, site);
    return {
      [Symbol.dispose]: () => {
        if (this.#sites.get(siteId) === site) this.#sites.delete(siteId);
      },
    };
  }

  /** Wakes the sites whose queries another gateway has changed, or that did not confirm in time. */
  async wakePending(): Promise<void> {
    if (this.#sites.size === 0) return;
    for (const siteId of await this.#context.store.listSitesWithPending()) {
      this.#sites.get(siteId)?.wake();
    }
  }

  completeDue(): Promise<number> {
    return completeDue(this.#context);
  }

  cancelUnpaired(): Promise<number> {
    return cancelUnpaired(this.#context);
  }

  eraseDue(): Promise<number> {
    return eraseDue(this.#context);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#hints[Symbol.dispose]();
    await this.#context.inline[Symbol.asyncDispose]();
    await this.#context.store[Symbol.asyncDispose]();
  }
}
