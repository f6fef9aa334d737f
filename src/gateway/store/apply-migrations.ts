import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Migration, Session } from './database.ts';

const CREATE_MIGRATIONS = `
  CREATE TABLE IF NOT EXISTS schema_migrations (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at BIGINT NOT NULL
  )`;

function refuseForeignSchema(
  applied: readonly { id: number; name: string }[],
  migrations: readonly Migration[],
): void {
  for (const { id, name } of applied) {
    const known = migrations.find((migration) => migration.id === id);
    if (!known) {
      throw new ParhelionError(
        'configInvalid',
        `The store's schema (version ${id}, ${name}) is newer than this program: start a newer Parhelion.`,
      );
    }
    if (known.name !== name) {
      throw new ParhelionError(
        'configInvalid',
        `The store's schema version ${id} is "${name}" where this program has "${known.name}": it belongs to another program.`,
      );
    }
  }
}

/**
 * Applies what is missing, in the transaction of `session`: after a failure the schema is as it was. `lock` is a
 * statement that makes a second gateway wait instead of migrating too.
 */
export async function applyMigrations(
  session: Session,
  migrations: readonly Migration[],
  lock?: string,
): Promise<void> {
  if (lock !== undefined) await session.all(lock);
  await session.run(CREATE_MIGRATIONS);
  const applied = await session.all<{ id: number; name: string }>(
    'SELECT id, name FROM schema_migrations ORDER BY id',
  );
  refuseForeignSchema(applied, migrations);
  for (const { id, name, statements } of migrations.slice(applied.length)) {
    await session.run('INSERT INTO schema_migrations (id, name, applied_at) VALUES (?, ?, ?)', [
      id,
      name,
      Date.now(),
    ]);
    for (const statement of statements) {
      await session.run(statement);
    }
  }
}
