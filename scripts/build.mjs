// Compiles src/ into dist/: one file per entry point, shared chunks between them, packages left as they are.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

const root = new URL('..', import.meta.url).pathname;

rmSync(`${root}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: ['src/bin/*.ts'],
  outdir: 'dist/bin',
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'linked',
  chunkNames: '../chunks/[name]-[hash]',
  logLevel: 'warning',
});
