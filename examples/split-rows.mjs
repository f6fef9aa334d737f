/*
 * Splits the JSON text of a result into the text of its rows, without parsing them.
 *
 * JSON.parse would turn 9007199254740993 into 9007199254740992 and 1.50 into 1.5. A result keeps every digit that the
 * database has, and so does the text of a row. Parse a row only once you know that its numbers fit a double, or with a
 * parser that keeps digits.
 */

/** Index just behind the closing quote of the string that begins at `start`. */
function endOfString(json, start) {
  for (let at = start + 1; at < json.length; at += 1) {
    if (json[at] === '\\') at += 1;
    else if (json[at] === '"') return at + 1;
  }
  throw new SyntaxError('A string has no end');
}

/** Index of the comma or bracket behind the element that begins at `start`. */
function endOfElement(json, start) {
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
 * @param {string} json a JSON array
 * @returns {string[]} its elements as they stand in the text, each on one line
 */
export function splitRows(json) {
  const rows = [];
  let at = json.indexOf('[');
  if (at < 0 || json.slice(0, at).trim() !== '') throw new SyntaxError('Not an array');
  do {
    const end = endOfElement(json, at + 1);
    // Raw line breaks stand only between tokens, never inside a string.
    const row = json
      .slice(at + 1, end)
      .trim()
      .replaceAll(/[\r\n]+/g, ' ');
    if (row !== '') rows.push(row);
    at = end;
  } while (json[at] === ',');
  return rows;
}
