/**
 * Words that stand nowhere else: whoever reads one of them in a log or in the metrics reads a practice's data, or a
 * secret. Every gateway and link that a test starts is searched for them when it ends (`leaks.ts`).
 */
export const CANARIES = {
  inText: 'CanaryInText77',
  inParameter: 'CanaryInParameter77',
  inRow: 'CanaryInRow77',
  inName: 'CanaryInName77',
  inPath: 'CanaryInPath77',
  inBody: 'CanaryInBody77',
} as const;

/** Shorter texts stand in logs by chance. */
const SHORTEST = 12;

const planted = new Set<string>(Object.values(CANARIES));

/** From now on no gateway or link of this test file may say it. Texts that are too short to tell are left out. */
export function plant(...texts: readonly (string | null | undefined)[]): void {
  for (const text of texts) {
    if (text && text.length >= SHORTEST) planted.add(text);
  }
}

/** The planted texts that stand in an output, as they are or as JSON writes them. */
export function plantedIn(output: string): string[] {
  return [...planted].filter(
    (text) => output.includes(text) || output.includes(JSON.stringify(text).slice(1, -1)),
  );
}
