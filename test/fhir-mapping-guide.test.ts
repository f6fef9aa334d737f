import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { TempFolder } from './support/dev-system.ts';
import { runCommand } from './support/program.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const EXAMPLE = join(root, 'examples/fhir/harbour-clinic');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const guide = read('docs/fhir-mapping.md');
const folder = new TempFolder();
const link = join(folder.path, 'link');
const clinic = join(folder.path, 'my-clinic');

afterAll(() => folder[Symbol.dispose]());

/** What the guide has its reader write into a file, or run. */
interface Step {
  readonly file?: string;
  readonly text: string;
}

const steps: readonly Step[] = [
  ...guide.matchAll(/(?:<!-- my-clinic\/(\w+\.json) -->\n)?```(json|sh)\n([^]*?)\n```/g),
].flatMap(([, file, language, text = '']): Step[] => {
  if (file !== undefined) return [{ file, text }];
  if (language !== 'sh') return [];
  const commands = text.match(/^parhelion fhir (?:check|try) .*\$LINK$/gm) ?? [];
  return commands.map((command) => ({ text: command }));
});

/** Words of a command line as the shell passes them on. */
const wordsOf = (command: string): string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain = '']) => {
    const word = quoted ?? plain;
    if (word === '$LINK') return link;
    return word === './my-clinic' ? clinic : word;
  });

describe('the guide to mappings', () => {
  it('begins with the tables of the example', async () => {
    mkdirSync(link);
    mkdirSync(clinic);
    copyFileSync(join(EXAMPLE, 'link/link.json'), join(link, 'link.json'));
    const script = join(EXAMPLE, 'make-database.mjs');
    execFileSync(process.execPath, [script, join(link, 'harbour-clinic.db')]);
    const tables = await runCommand(['fhir', 'tables', '--data-dir', link], {});
    const corrected = tables.replaceAll(/"(is_\w+)": "smallint/g, '"$1": "bit');
    expect(JSON.parse(corrected)).toEqual(
      JSON.parse(read('examples/fhir/harbour-clinic/mapping/tables.json')),
    );
    writeFileSync(join(clinic, 'tables.json'), corrected);
  });

  it('is right in every step', async () => {
    const said: (readonly [command: string, outcome: string | undefined])[] = [];
    for (const { file, text } of steps) {
      if (file !== undefined) writeFileSync(join(clinic, file), text);
      else {
        const answer = await runCommand(wordsOf(text).slice(1), {});
        const outcome = /^ok    The database has.*$|^HTTP \d+$|^WRONG.*$/m.exec(answer)?.[0];
        said.push([text.split(' ').slice(2, -2).join(' '), outcome]);
      }
    }
    const isInOrder = 'ok    The database has the tables, columns and indexes.';
    expect(said).toEqual([
      ['check ./my-clinic', isInOrder],
      ['try ./my-clinic Patient/HC-0001', 'HTTP 200'],
      ['try ./my-clinic "Patient?birthdate=lt1980&_sort=birthdate&_count=2"', 'HTTP 200'],
      ['check ./my-clinic', isInOrder],
      ['try ./my-clinic "Patient?family=fenni&general-practitioner.name=okafor"', 'HTTP 200'],
      ['try ./my-clinic Patient/HC-0006', 'HTTP 410'],
      ['try ./my-clinic "Appointment?date=2024-06-03&patient.family=fenni"', 'HTTP 200'],
    ]);
  });
});

describe('the README of the example', () => {
  const commands = [
    ...read('examples/fhir/harbour-clinic/README.md').matchAll(/^node dist\S+ (fhir .*)$/gm),
  ].map(([, command = '']) => command);

  it.each(commands)('parhelion %s', async (command) => {
    const words = wordsOf(command).map((word) => {
      if (word.endsWith('harbour-clinic/link')) return link;
      return word.endsWith('harbour-clinic/mapping') ? join(root, word) : word;
    });
    const said = await runCommand(words, {});
    expect(said).not.toContain('WRONG');
    expect(said).toContain(command.startsWith('fhir check') ? 'ok    ' : 'HTTP ');
  });
});
