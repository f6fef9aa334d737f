// Writes the demo practice's tables into its FHIR mapping. A test keeps the two alike.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'demo-tables-'));
try {
  const outfile = join(folder, 'demo-tables.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/support/demo-tables.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  const { demoTables } = await import(pathToFileURL(outfile).href);
  const target = join(root, 'src/fhir/systems/demo-practice/tables.json');
  writeFileSync(target, JSON.stringify(demoTables()));
  spawnSync('npx', ['biome', 'format', '--write', target], { cwd: root, stdio: 'inherit' });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
