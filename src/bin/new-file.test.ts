import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createFile } from './new-file.ts';

const root = mkdtempSync(join(tmpdir(), 'parhelion-new-file-'));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(root, 'case-'));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a file has its name only once it is committed', async () => {
  const path = join(folder, 'rows.ndjson');
  writeFileSync(path, 'older');
  {
    await using file = await createFile(path);
    await file.write('one\n');
    expect(readFileSync(path, 'utf8')).toBe('older');
    await file.write('two\n');
    await file.commit();
  }
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
  expect(readdirSync(folder)).toEqual(['rows.ndjson']);
});

test('what is not committed leaves nothing behind', async () => {
  {
    await using file = await createFile(join(folder, 'rows.ndjson'));
    await file.write('one\n');
  }
  expect(readdirSync(folder)).toEqual([]);
});

test('a symbolic link goes on leading to the file', async () => {
  const target = join(folder, 'target');
  writeFileSync(target, 'older');
  symlinkSync(target, join(folder, 'link'));
  await using file = await createFile(join(folder, 'link'));
  await file.write('newer');
  await file.commit();
  expect(readFileSync(target, 'utf8')).toBe('newer');
});

test('a device is written, never replaced', async () => {
  await using file = await createFile('/dev/null');
  await file.write('rows');
  await file.commit();
  expect(readdirSync('/dev').filter((name) => name.startsWith('null'))).toEqual(['null']);
});

test.each([
  ['a folder', () => folder, 'EISDIR'],
  ['a folder that does not exist', () => join(folder, 'none', 'rows'), 'ENOENT'],
])('%s is refused', async (_, path, code) => {
  await expect(createFile(path())).rejects.toMatchObject({ code });
});
