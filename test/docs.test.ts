import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../src/errors/codes.ts';
import settings from '../src/gateway/config/settings.json' with { type: 'json' };

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** First cells of the table rows below a heading, without their backticks. */
function firstCells(page: string, heading: string): string[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [ownPart = ''] = section.split('\n## ');
  return [...ownPart.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? '');
}

function generate(): [path: string, text: string][] {
  const script = join(root, 'scripts', 'generate-docs.mjs');
  const printed = execFileSync(process.execPath, [script, '--print'], { encoding: 'utf8' });
  return Object.entries(JSON.parse(printed) as Record<string, string>);
}

describe('the generated reference', () => {
  test.each(generate())(
    '%s is what the source says now (run scripts/generate-docs.mjs)',
    (path, text) => {
      expect(read(path)).toBe(text);
    },
  );

  test('has every error code, and no other', () => {
    const documented = firstCells(read('docs/reference/errors.md'), 'Error codes');
    expect(documented).toEqual(Object.keys(ERROR_CODES));
  });

  test('has every setting of the gateway, and no other', () => {
    const documented = firstCells(read('docs/reference/configuration.md'), 'Gateway');
    expect(documented).toEqual(settings.map(({ env }) => env));
  });
});

const pages = [
  ...readdirSync(root).filter((file) => file.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
  'examples/README.md',
];

describe.each(pages)('%s', (page) => {
  const text = read(page);

  test('links to files that exist', () => {
    const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? '');
    const local = targets.filter((target) => !/^[a-z]+:/.test(target));
    const broken = local.filter((target) => !existsSync(join(root, dirname(page), target)));
    expect(broken).toEqual([]);
  });

  test('names files of the source that exist', () => {
    const named = [...text.matchAll(/`((?:src|test|scripts|docs)\/[\w./-]+\.\w+)`/g)];
    const gone = named
      .map((match) => match[1] ?? '')
      .filter((path) => !existsSync(join(root, path)));
    expect(gone).toEqual([]);
  });
});

describe('the table of who may import whom in ARCHITECTURE.md', () => {
  test('is the one that is checked', () => {
    const [, section = ''] = read('ARCHITECTURE.md').split('\n## Modules');
    const [table = ''] = section.split('\n## ');
    const documented = Object.fromEntries(
      [...table.matchAll(/^\| `([a-z]+)` \|[^|]*\|([^|]*)\|/gm)].map(([, module, may = '']) => [
        module,
        new Set([...may.matchAll(/`([a-z]+)`/g)].map((match) => match[1])),
      ]),
    );
    const rules = read('.dependency-cruiser.cjs');
    const checked = Object.fromEntries(
      [...rules.matchAll(/^ {2}([a-z]+): \[(.*)\],$/gm)].map(([, module, may = '']) => [
        module,
        new Set([...may.matchAll(/'([a-z]+)'/g)].map((match) => match[1])),
      ]),
    );
    expect(Object.keys(checked).length).toBeGreaterThan(5);
    expect(documented).toEqual(checked);
  });
});
