// Runs the benchmark cases: `npm run bench`, or `npm run bench -- immediate-query` for some of them.
// Each prints JSON lines whose `ratio` compares Parhelion with a stated baseline in the same run.
import { readdirSync } from 'node:fs';

const available = readdirSync(new URL('cases', import.meta.url)).map((file) => file.slice(0, -4));
const asked = process.argv.slice(2);
for (const name of asked.length > 0 ? asked : available) {
  if (!available.includes(name)) {
    console.error(`There is no case ${name}; there are: ${available.join(', ')}.`);
    process.exit(2);
  }
  const { run } = await import(`./cases/${name}.mjs`);
  await run((line) => console.log(JSON.stringify({ case: name, ...line })));
}
