// Control characters could drive the terminal; bidirectional marks could make text read as what it is not.
const UNSAFE =
  '\\p{Cc}\\p{Cs}\\u2028\\u2029\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff';
const UNSAFE_IN_LINE = new RegExp(`[${UNSAFE}]`, 'gu');
const UNSAFE_IN_TEXT = new RegExp(`(?!\\r?\\n|\\t)[${UNSAFE}]`, 'gu');
const SHORT_ESCAPES: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const hexEscape = (character: string) =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Text fit for one line of a terminal: whatever is not plainly visible becomes an escape such as `\u001b`. */
export function escapeLine(text: string): string {
  return text.replace(UNSAFE_IN_LINE, (found) => SHORT_ESCAPES[found] ?? hexEscape(found));
}

/** Text of several lines fit for a terminal. JSON stays the same JSON: its raw control characters stand in strings. */
export function escapeText(text: string): string {
  return text.replace(UNSAFE_IN_TEXT, hexEscape);
}

const ASCII = /^[\x20-\x7e]*$/;
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const graphemeWidth = (grapheme: string) => (WIDE.test(grapheme) ? 2 : 1);

/** Columns that a line takes on a terminal. */
export function displayWidth(line: string): number {
  if (ASCII.test(line)) return line.length;
  let width = 0;
  for (const { segment } of graphemes.segment(line)) width += graphemeWidth(segment);
  return width;
}

/** Cuts a line to so many columns, the last of them an ellipsis when something was cut. */
export function cutLine(line: string, maxColumns: number): string {
  if (ASCII.test(line)) {
    return line.length <= maxColumns ? line : `${line.slice(0, maxColumns - 1)}…`;
  }
  let width = 0;
  let endOfKept = 0;
  for (const { segment, index } of graphemes.segment(line)) {
    if (width <= maxColumns - 1) endOfKept = index;
    width += graphemeWidth(segment);
    if (width > maxColumns) return `${line.slice(0, endOfKept)}…`;
  }
  return line;
}
