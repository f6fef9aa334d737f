import { resolve } from 'node:path';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Database } from './database.ts';
import { openPostgres } from './postgres-database.ts';
import { openSqlite } from './sqlite-database.ts';

/** Opens `sqlite:<path>` or `postgres://…`; the schema is brought up to date by `migrate()`. */
export async function openDatabase(url: string): Promise<Database> {
  if (url.startsWith('sqlite:')) {
    // `sqlite:///var/x.db` and `sqlite:/var/x.db` name the same file.
    const path = url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
    if (path === '' || path === ':memory:') {
      throw new ParhelionError('configInvalid', 'The store address sqlite:<path> needs a file.');
    }
    return openSqlite(resolve(path));
  }
  if (/^postgres(ql)?:\/\//.test(url)) {
    if (!URL.canParse(url)) {
      throw new ParhelionError(
        'configInvalid',
        'The postgres:// address of the store is malformed.',
      );
    }
    return await openPostgres(new URL(url));
  }
  throw new ParhelionError(
    'configInvalid',
    'The store address must be sqlite:<path> or postgres://user:password@host/database.',
  );
}
