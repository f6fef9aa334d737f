import { assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWellFormed } from '../../../../test/support/well-formed.ts';
import { narrativeDiv, paragraph, table } from './xhtml.ts';

const HOSTILE = oneof(
  string({ unit: 'binary' }),
  string({ unit: constantFrom('<', '>', '&', '"', "'", '/', ';', ']', '\0', '\ud800', 'a') }),
  constantFrom('<script>alert(1)</script>', '"><img src=x onerror=a>', '&lt;', ']]>', '<!--'),
);

describe('XHTML of narratives', () => {
  it('stays the same document whatever the texts are', () => {
    assert(
      property(HOSTILE, HOSTILE, (one, two) => {
        const div = narrativeDiv(paragraph(one) + table([two], [[one], [two]]));
        expect(isWellFormed(div)).toBe(true);
        const tags = div.match(/<[^>]*>/g) ?? [];
        expect(tags.map((tag) => tag.replace(/ .*/, '>')).join('')).toBe(
          '<div><p></p><table><thead><tr><th></th></tr></thead><tbody><tr><td></td></tr><tr><td></td></tr></tbody></table></div>',
        );
      }),
    );
  });

  it('shows the text itself', () => {
    expect(paragraph(`O'Brien & "Söhne" <b>\u0007`)).toBe(
      '<p>O&#39;Brien &amp; &quot;Söhne&quot; &lt;b&gt;\ufffd</p>',
    );
  });
});
