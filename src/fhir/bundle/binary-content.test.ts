import { describe, expect, it } from 'vitest';
import { negotiateFormat } from '../request/answer-format.ts';
import { contentOfBinary } from './binary-content.ts';

const binary = (contentType: unknown) => ({
  resourceType: 'Binary',
  contentType,
  data: 'JVBERg==',
});

describe('the content of a Binary', () => {
  it.each([
    ['application/pdf', 'application/pdf'],
    ['image/*, application/pdf;q=0.5', 'application/pdf'],
    ['text/plain', 'text/plain; charset=utf-8'],
  ])('is given for Accept: %s', (accept, contentType) => {
    const content = contentOfBinary(binary(contentType), accept);
    expect(content.contentType).toBe(contentType);
    expect(Buffer.from(content.bytes).toString()).toBe('%PDF');
  });

  it('is refused to who does not take its type', () => {
    expect(() => contentOfBinary(binary('application/pdf'), 'image/png')).toThrow(
      'offered are application/pdf and application/fhir+json',
    );
  });

  it.each(['', 'no type', 'text/html\r\nx: y', 7, undefined])(
    'has no type of its own making: %j',
    (contentType) => {
      const content = contentOfBinary(binary(contentType), 'application/octet-stream');
      expect(content.contentType).toBe('application/octet-stream');
    },
  );

  it('is wanted by an Accept without JSON, of a Binary only', () => {
    const contentAccept = 'application/pdf';
    expect(negotiateFormat('', contentAccept, '', true)).toMatchObject({ contentAccept });
    expect(() => negotiateFormat('', contentAccept, '')).toThrow('Accept: application/pdf');
    for (const accept of [
      '*/*',
      'application/fhir+json',
      'application/json, application/pdf',
      '',
    ]) {
      expect(negotiateFormat('', accept, '', true)).not.toHaveProperty('contentAccept');
    }
    expect(negotiateFormat('json', contentAccept, '', true)).not.toHaveProperty('contentAccept');
  });
});
