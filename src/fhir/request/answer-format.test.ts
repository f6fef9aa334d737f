import { describe, expect, it } from 'vitest';
import { negotiateFormat } from './answer-format.ts';

describe('negotiateFormat', () => {
  it.each([
    [undefined, 'application/fhir+json'],
    ['', 'application/fhir+json'],
    ['*/*', 'application/fhir+json'],
    ['application/*', 'application/fhir+json'],
    ['application/fhir+json', 'application/fhir+json'],
    ['application/json', 'application/json'],
    ['application/json, text/plain, */*', 'application/fhir+json'],
    ['application/json, application/fhir+json;q=0.5', 'application/json'],
    ['application/json, application/fhir+json;q=0', 'application/json'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'application/fhir+json'],
    ['application/fhir+xml, application/fhir+json;q=0.9', 'application/fhir+json'],
    ['APPLICATION/FHIR+JSON; fhirVersion="4.0"', 'application/fhir+json'],
  ])('gives for Accept: %s %s', (accept, mediaType) => {
    expect(negotiateFormat(undefined, accept, undefined).mediaType).toBe(mediaType);
  });

  it.each([
    ['application/fhir+xml'],
    ['text/html'],
    ['application/fhir+json;q=0'],
    ['*/*;q=0'],
    ['application/fhir+json;q=7'],
    ['application/fhir+json; fhirVersion=5.0'],
    ['nonsense'],
  ])('refuses Accept: %s by 406', (accept) => {
    expect(() => negotiateFormat(undefined, accept, undefined)).toThrow(
      expect.objectContaining({ status: 406 }),
    );
  });

  it.each([
    ['json', 'application/fhir+json'],
    ['application/fhir+json', 'application/fhir+json'],
    ['application/fhir json', 'application/fhir+json'],
    ['application/json', 'application/json'],
    ['text/json', 'application/json'],
  ])('follows _format=%s above Accept', (format, mediaType) => {
    expect(negotiateFormat(format, 'application/fhir+xml', undefined).mediaType).toBe(mediaType);
  });

  it.each([['xml'], ['application/fhir+xml'], ['ttl'], ['html'], ['constructor']])(
    'refuses _format=%s by 406',
    (format) => {
      expect(() => negotiateFormat(format, '*/*', undefined)).toThrow(
        expect.objectContaining({ status: 406 }),
      );
    },
  );

  it('follows _pretty, and names it when it is neither true nor false', () => {
    expect(negotiateFormat(undefined, undefined, 'true').isPretty).toBe(true);
    expect(negotiateFormat(undefined, undefined, 'false').isPretty).toBe(false);
    expect(() => negotiateFormat(undefined, undefined, 'yes')).toThrow(
      expect.objectContaining({
        issues: [expect.objectContaining({ expression: 'http._pretty' })],
      }),
    );
  });
});
