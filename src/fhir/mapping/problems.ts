import { closest, distance } from 'fastest-levenshtein';

/** Something that is wrong with a mapping. With an error it cannot be used; a warning is worth a look. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  /** Name of the file: `Condition.json`. */
  readonly file: string;
  /** Where in the file: `resource.code.coding[0].code`; empty for the file as a whole. */
  readonly place: string;
  readonly message: string;
}

/** One line for a problem: `Condition.json: resource.code: …`. */
export function problemText(problem: Problem): string {
  const where = problem.place === '' ? '' : `${problem.place}: `;
  return `${problem.file}: ${where}${problem.message}`;
}

/** A place in one of a mapping's files: where problems are noted down. */
export class Place {
  readonly file: string;
  readonly path: string;
  readonly #problems: Problem[];

  /** @param problems takes what is found at this place and below it */
  constructor(problems: Problem[], file: string, path = '') {
    this.#problems = problems;
    this.file = file;
    this.path = path;
  }

  /** A member of the object or an item of the list that stands here. */
  at(key: string | number): Place {
    const dot = this.path === '' ? '' : '.';
    const path = typeof key === 'number' ? `${this.path}[${key}]` : `${this.path}${dot}${key}`;
    return new Place(this.#problems, this.file, path);
  }

  error(message: string): void {
    this.#problems.push({ severity: 'error', file: this.file, place: this.path, message });
  }

  warn(message: string): void {
    this.#problems.push({ severity: 'warning', file: this.file, place: this.path, message });
  }
}

/** `; did you mean X?` when one of the known names is close to what was written, else nothing. */
export function didYouMean(written: string, known: Iterable<string>): string {
  const names = [...known];
  if (names.length === 0) return '';
  const lower = written.toLowerCase();
  const best = closest(
    lower,
    names.map((name) => name.toLowerCase()),
  );
  const name = names.find((each) => each.toLowerCase() === best) as string;
  const isClose = distance(lower, best) <= Math.max(1, Math.floor(written.length / 3));
  return isClose ? `; did you mean ${name}?` : '';
}
