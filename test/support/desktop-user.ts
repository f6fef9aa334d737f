import type { Answer, HttpClient } from './http-client.ts';
import { HttpClient as Client } from './http-client.ts';
import type { System } from './system.ts';

const FORM = 'application/x-www-form-urlencoded';

type Fields = Readonly<Record<string, string | undefined>>;

/** The body that asks for a token; a field that is undefined is left out. */
export function tokenForm({ siteId }: Pick<System, 'siteId'>, fields: Fields = {}): string {
  const all: Fields = {
    grant_type: 'urn:halo-connect:oauth:desktop-token',
    device_id: 'device-1',
    site_id: siteId,
    ...fields,
  };
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given as [string, string][]).toString();
}

/** Asks for a token as the integrator of the system. */
export function obtainToken(
  system: Pick<System, 'siteId' | 'http'>,
  fields: Fields,
  sent: { readonly form?: string; readonly contentType?: string | undefined } = {},
): Promise<Answer> {
  const contentType = 'contentType' in sent ? sent.contentType : FORM;
  const body = sent.form ?? tokenForm(system, fields);
  return system.http.post('/integrator/token', body, { 'content-type': contentType });
}

/** A desktop application with its token. */
export class DesktopUser {
  readonly token: string;
  readonly deviceId: string;
  readonly http: HttpClient;
  readonly #siteId: string;

  private constructor(baseUrl: string, siteId: string, deviceId: string, token: string) {
    this.token = token;
    this.deviceId = deviceId;
    this.#siteId = siteId;
    this.http = new Client(baseUrl, { authorization: `Bearer ${token}`, deviceid: deviceId });
  }

  /** @throws Error when the gateway gives no token */
  static async from(integrator: HttpClient, form: string, deviceId: string, siteId: string) {
    const answer = await integrator.post('/integrator/token', form, { 'content-type': FORM });
    if (answer.status !== 200) throw new Error(`No token: ${answer.status} ${answer.text}`);
    const { access_token } = answer.json as { access_token: string };
    return new DesktopUser(integrator.baseUrl, siteId, deviceId, access_token);
  }

  static of(system: System, deviceId: string, siteId = system.siteId): Promise<DesktopUser> {
    const form = tokenForm({ siteId }, { device_id: deviceId });
    return DesktopUser.from(system.http, form, deviceId, siteId);
  }

  /** The same desktop at another gateway of the same store. */
  at(baseUrl: string): DesktopUser {
    return new DesktopUser(baseUrl, this.#siteId, this.deviceId, this.token);
  }

  path(below: string): string {
    return `/desktop/sites/${this.#siteId}/queries/${below}`;
  }

  run(text: string): Promise<Answer> {
    return this.http.post(this.path('immediate'), { command: { text } });
  }

  getQuery(id: string): Promise<Answer> {
    return this.http.get(this.path(id));
  }
}
