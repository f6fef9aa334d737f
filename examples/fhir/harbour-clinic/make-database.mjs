// Makes the clinic's database, a SQLite file, out of harbour-clinic.sql. It uses the SQLite that comes with Parhelion.
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Database from 'libsql';

const inThisFolder = (name) => fileURLToPath(new URL(name, import.meta.url));
const file = process.argv[2] ?? inThisFolder('link/harbour-clinic.db');

rmSync(file, { force: true });
const database = new Database(file);
database.exec(readFileSync(inThisFolder('harbour-clinic.sql'), 'utf8'));
database.close();
console.log(`${file} is ready.`);
