import type { Engine } from '../../engine.ts';
import { SqliteOptions } from './options.ts';

/** SQLite files on this machine: no server, no login. */
export const sqliteEngine: Engine<SqliteOptions> = {
  title: 'SQLite',
  optionsSchema: SqliteOptions,
  credentialFields: [],
  settings: { dialect: { default: 'tsql' }, timeZone: {} },
  location: { question: 'Path of its SQLite file', isRequired: true, isLocalFile: true },
  toOptions: ({ settings: { dialect, timeZone }, catalogues, maxConnections }) => ({
    driver: 'sqlite',
    dialect,
    ...(timeZone !== undefined && { timeZone }),
    catalogues: catalogues.map(({ name, location, isDefault }) => ({
      name,
      file: location,
      isDefault,
    })),
    maxConnections,
  }),
  resolveFiles: (options, resolve) => ({
    ...options,
    catalogues: options.catalogues.map((catalogue) => ({
      ...catalogue,
      file: resolve(catalogue.file),
    })),
  }),
  describe: () => 'SQLite on this machine',
  async createDriver({ catalogues, dialect, timeZone }, { nodePath, sqliteConnection, env }) {
    const { createSqliteDriver } = await import('./create-sqlite-driver.ts');
    return createSqliteDriver({
      catalogues,
      dialect,
      ...(timeZone !== undefined && { timeZone }),
      entryPoint: sqliteConnection,
      nodePath,
      env,
    });
  },
  diagnose: ({ message }) => (message.endsWith(' does not exist.') ? 'fileMissing' : 'unknown'),
};
