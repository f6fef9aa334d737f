import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const Database = require('libsql');

const quoted = (name) => `"${name.replaceAll('"', '""')}"`;

/** Fills a demo practice up to a number of patients with copies of its own under new numbers, and tells how many there are. */
export function growPatients(file, wanted) {
  const database = new Database(file);
  try {
    database.exec('PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF');
    const columns = database
      .prepare('PRAGMA table_info(Patients)')
      .all()
      .map(({ name }) => name);
    // What has to be one of a kind is left out of the copies.
    const unique = new Set(
      database
        .prepare('PRAGMA index_list(Patients)')
        .all()
        .filter((index) => index.unique === 1)
        .flatMap(({ name }) => database.prepare(`PRAGMA index_info(${quoted(name)})`).all())
        .map(({ name }) => name),
    );
    const list = columns.map(quoted).join(',');
    const count = () => database.prepare('SELECT COUNT(*) AS n FROM Patients').get().n;
    const own = count();
    const last = database.prepare('SELECT MAX(InternalID) AS n FROM Patients').get().n;
    const valueOf = (name) => {
      if (name === 'InternalID') return '"InternalID" + ?';
      if (name === 'ExternalID')
        return "lower(hex(randomblob(4))||'-'||hex(randomblob(2))||'-4'||substr(hex(randomblob(2)),2)||'-8'||substr(hex(randomblob(2)),2)||'-'||hex(randomblob(6)))";
      return name === 'RowVersion' ? 'randomblob(8)' : unique.has(name) ? 'NULL' : quoted(name);
    };
    const copy = database.prepare(
      `INSERT INTO Patients (${list}) SELECT ${columns.map(valueOf).join(',')} FROM Patients WHERE InternalID <= ? LIMIT ?`,
    );
    database.exec('BEGIN');
    for (let times = 1, left = wanted - own; left > 0; times += 1, left -= own) {
      copy.run(times * last, last, Math.min(left, own));
    }
    database.exec('COMMIT');
    return count();
  } finally {
    database.close();
  }
}
