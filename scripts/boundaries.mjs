// Judges dependency-cruiser's report (JSON on stdin), and that it really saw the source: with a TypeScript that it
// does not know it reports success over nothing.
import { readdirSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const isSource = (file) => file.endsWith('.ts') && !file.endsWith('.test.ts');

const sourceDir = fileURLToPath(new URL('../src', import.meta.url));
const expected = readdirSync(sourceDir, { recursive: true }).filter(isSource).length;

const { summary, modules } = JSON.parse(await text(process.stdin));
const seen = modules.filter(({ source }) => source.startsWith('src/') && isSource(source)).length;

for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
if (seen < expected) console.error(`Only ${seen} of ${expected} source files were looked at.`);
if (summary.error > 0 || seen < expected) process.exit(1);
console.log(`${seen} modules, ${summary.totalDependenciesCruised} dependencies, no violation.`);
