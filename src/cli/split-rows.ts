/** Where a string ends that begins at the quote: just behind its closing quote. */
export function endOfString(json: string, start: number): number {
  for (let quote = json.indexOf('"', start + 1); quote >= 0; quote = json.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (json[quote - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
  throw new SyntaxError('A string has no end');
}

/** Where an element ends: at the comma or bracket behind it. */
function endOfElement(json: string, start: number): number {
  let depth = 0;
  for (let at = start; at < json.length; at += 1) {
    const character = json[at];
    if (character === '"') at = endOfString(json, at) - 1;
    else if (character === '{' || character === '[') depth += 1;
    else if (depth === 0 && (character === ',' || character === ']')) return at;
    else if (character === '}' || character === ']') depth -= 1;
  }
  throw new SyntaxError('The array has no end');
}

/**
 * The elements of a JSON array, each on one line and otherwise as it stands in the text: a number keeps its digits,
 * which parsing would round. What is no array is a SyntaxError; the elements themselves are not checked.
 */
export function splitRows(json: string): string[] {
  const rows: string[] = [];
  let at = json.search(/[^ \t\r\n]/);
  if (json[at] !== '[') throw new SyntaxError('Not an array');
  do {
    const end = endOfElement(json, at + 1);
    // A string has no raw line breaks, so these stand between tokens.
    const row = json
      .slice(at + 1, end)
      .trim()
      .replaceAll(/[\r\n]+/g, ' ');
    at = end;
    if (row !== '') rows.push(row);
    else if (json[end] === ',' || rows.length > 0) throw new SyntaxError('An element is missing');
  } while (json[at] === ',');
  if (json.slice(at + 1).trim() !== '') throw new SyntaxError('Text behind the array');
  return rows;
}
