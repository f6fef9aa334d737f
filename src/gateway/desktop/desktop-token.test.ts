import { expect, test } from 'vitest';
import settings from '../config/settings.json' with { type: 'json' };
import { MAX_TOKEN_LIFE_MS } from './desktop-token.ts';

test('no settings make a token live longer than keys are kept for it', () => {
  const largest = (name: string) => settings.find((setting) => setting.name === name)?.max ?? NaN;
  const ttlMs = largest('desktopTokenTtlS') * 1000;
  // One gateway's clock may be ahead when it issues, and another's behind when it checks.
  expect(ttlMs + 2 * largest('desktopClockSkewMs')).toBe(MAX_TOKEN_LIFE_MS);
});
