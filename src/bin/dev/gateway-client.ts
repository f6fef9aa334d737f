import { pause } from '../../lib/waiting.ts';

/** Calls the gateway's own HTTP API, as any operator or integrator would. */
export class GatewayClient {
  readonly #baseUrl: string;
  readonly #headers: Record<string, string>;

  constructor(baseUrl: string, headers: Record<string, string>) {
    this.#baseUrl = baseUrl;
    this.#headers = headers;
  }

  /** @throws Error with the gateway's message unless it answers 2xx */
  async call(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const { status, json } = await this.try(method, path, body);
    if (status >= 300) {
      const { error } = json as { error?: { message?: string } };
      throw new Error(`${method} ${path} answered ${status}: ${error?.message ?? ''}`);
    }
    return json;
  }

  async try(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; json: Record<string, unknown> }> {
    const response = await fetch(this.#baseUrl + path, {
      method,
      headers: { ...this.#headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: response.status, json };
  }

  /** Asks for a site until it is online. */
  async untilOnline(siteId: string, signal: AbortSignal): Promise<void> {
    do {
      const site = await this.call('GET', `/admin/sites/${siteId}`);
      if (site['availability'] === 'online' && site['status'] === 'active') return;
    } while (await pause(25, signal));
    throw new Error('The demo practice did not come online.');
  }
}
