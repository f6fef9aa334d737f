import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { AddressGuard } from './address-guard.ts';
import type { WebhookMessage } from './webhook.ts';

const MAX_LENGTH = 2000;
const TEMPLATE = /\{([^{}]*)\}/g;

type TemplateValues = Pick<WebhookMessage, 'siteId' | 'queryId' | 'source'>;

const isTemplate = (name: string): name is keyof TemplateValues =>
  name === 'siteId' || name === 'queryId' || name === 'source';

/** The address for one message: templates replaced by their values, URL-encoded. */
export function expandUrl(template: string, values: TemplateValues): URL {
  return new URL(
    template.replaceAll(TEMPLATE, (whole, name: string) =>
      isTemplate(name) ? encodeURIComponent(values[name]) : whole,
    ),
  );
}

function invalid(message: string): ParhelionError {
  return new ParhelionError('invalidRequest', `body.url ${message}`);
}

function checkTemplates(url: string): void {
  for (const [template, name = ''] of url.matchAll(TEMPLATE)) {
    if (isTemplate(name)) continue;
    throw invalid(`has the unknown template ${template}: use {siteId}, {queryId} and {source}`);
  }
  if (/[{}]/.test(url.replaceAll(TEMPLATE, ''))) {
    throw invalid('has a brace that belongs to no template');
  }
}

/** Refuses an address that no message could be sent to. @throws ParhelionError `invalidRequest`, naming `body.url` */
export function checkWebhookUrl(url: string, guard: AddressGuard): void {
  if (url.length > MAX_LENGTH) throw invalid(`must have at most ${MAX_LENGTH} characters`);
  // The URL parser would drop some of these in silence.
  if (/[\s\p{Cc}]/u.test(url)) throw invalid('must not have spaces or control characters');
  checkTemplates(url);
  const expand = (text: string) =>
    URL.canParse(url.replaceAll(TEMPLATE, text))
      ? new URL(url.replaceAll(TEMPLATE, text))
      : undefined;
  const [one, other] = [expand('1'), expand('2')];
  if (!one || !other || !/^https?:$/.test(one.protocol)) {
    throw invalid('must be an https:// address');
  }
  if (one.origin !== other.origin) throw invalid('must not have templates before its path');
  if (one.username !== '' || one.password !== '') {
    throw invalid('must not carry a user name or a password');
  }
  const refusal = guard.refusalOf(one);
  if (refusal !== undefined) throw invalid(refusal);
}
