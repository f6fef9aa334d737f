import type { FhirRequest } from '../course.ts';

/** What tells one state of a resource from another, as it stands in headers. */
export interface Validators {
  readonly etag?: string;
  readonly 'last-modified'?: string;
}

/** The opaque part of an entity tag: weak and strong ones are the same here, and clients forget the quotes. */
function opaque(tag: string): string {
  return tag
    .trim()
    .replace(/^W\//i, '')
    .replace(/^"(.*)"$/, '$1');
}

/** Whether a list of entity tags (`If-Match`, `If-None-Match`) names this one, or any by `*`. */
export function namesTag(header: string, etag: string): boolean {
  if (header.trim() === '*') return true;
  return header.split(',').some((each) => opaque(each) === opaque(etag));
}

/** Whether the caller has this state already. `If-None-Match` stands above `If-Modified-Since` (RFC 9110 §13.2.2). */
export function isNotModified(headers: FhirRequest['headers'], validators: Validators): boolean {
  const noneMatch = headers['if-none-match'];
  if (noneMatch !== undefined) {
    return validators.etag !== undefined && namesTag(noneMatch, validators.etag);
  }
  const since = Date.parse(headers['if-modified-since'] ?? '');
  const modified = Date.parse(validators['last-modified'] ?? '');
  return modified <= since;
}
