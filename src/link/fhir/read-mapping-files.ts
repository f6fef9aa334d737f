import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ParhelionError } from '../../errors/parhelion-error.ts';

/** Where mappings are found. */
export interface MappingPlaces {
  /** Folder of the mappings that come with the program, one folder for each. */
  readonly systemsFolder: string;
  /** Resolves paths that count from the link's data folder. */
  readonly resolvePath: (path: string) => string;
}

const invalid = (sentence: string, cause?: unknown) =>
  new ParhelionError('configInvalid', sentence, { cause });

/** A path has a slash or a dot in it, a name of our own mappings has not. */
export const isMappingPath = (mapping: string) => /[/\\.]/.test(mapping);

/** The folder that a configuration means. @throws ParhelionError `configInvalid` for a name that there is not */
export async function findMapping(
  mapping: string,
  { systemsFolder, resolvePath }: MappingPlaces,
): Promise<string> {
  if (isMappingPath(mapping)) return resolvePath(mapping);
  const names = await readdir(systemsFolder);
  if (names.includes(mapping)) return resolve(systemsFolder, mapping);
  throw invalid(
    `fhir.mapping: there is no mapping ${mapping}. Give the path of a folder, or one of ${names.join(', ')}.`,
  );
}

/** Reads the JSON files of a mapping by their names. @throws ParhelionError `configInvalid` that names the file */
export async function readMappingFiles(folder: string): Promise<Record<string, unknown>> {
  let names: string[];
  try {
    names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such folder' : `cannot be read (${code})`;
    throw invalid(`${folder}: ${why}.`, error);
  }
  if (names.length === 0) throw invalid(`${folder}: there is no JSON file in it.`);
  const files: Record<string, unknown> = {};
  for (const name of names.toSorted()) {
    const path = join(folder, name);
    try {
      files[name] = JSON.parse(await readFile(path, 'utf8'));
    } catch (error) {
      const why =
        error instanceof SyntaxError
          ? `is not JSON (${error.message})`
          : `cannot be read (${(error as NodeJS.ErrnoException).code})`;
      throw invalid(`${path}: ${why}.`, error);
    }
  }
  return files;
}
