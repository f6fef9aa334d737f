// Compiles src/ into dist/: one file per program, shared chunks between them, packages left as they are.
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/bin/parhelion.ts', 'src/bin/sqlite-connection.ts'],
  outdir: 'dist',
  outbase: 'src',
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'linked',
  chunkNames: 'chunks/[name]-[hash]',
  logLevel: 'warning',
  metafile: true,
});

// Only what an earlier build left goes, so that programs already running keep their files as long as they can.
const built = new Set(Object.keys(metafile.outputs).map((path) => basename(path)));
const chunks = join(root, 'dist', 'chunks');
for (const file of readdirSync(chunks))
  if (!built.has(file)) rmSync(join(chunks, file), { force: true });

// Mappings are read when a link starts, as those are that a practice has written for itself.
const source = join(root, 'src', 'fhir', 'systems');
const systems = join(root, 'dist', 'fhir-systems');
cpSync(source, systems, { recursive: true, filter: (path) => !path.endsWith('.ts') });
for (const path of readdirSync(systems, { recursive: true })) {
  if (!existsSync(join(source, path)))
    rmSync(join(systems, path), { recursive: true, force: true });
}
