/** What XML 1.0 allows as a character (production 2). */
const NO_CHARACTER = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

const TOKEN =
  /<(\/?)([a-z][a-z0-9]*)((?: [a-z]+(?::[a-z]+)?="[^"<]*")*)>|&(?:amp|lt|gt|quot|#39);|[^<&]/gy;

/** Whether a text is one well-formed element of XML, of the plain kind that narratives are: no comments, no CDATA. */
export function isWellFormed(text: string): boolean {
  const open: string[] = [];
  let position = 0;
  let elements = 0;
  TOKEN.lastIndex = 0;
  if (NO_CHARACTER.test(text)) return false;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const [whole, slash, name] = match;
    if (open.length === 0 && (elements > 0 || name === undefined)) return false;
    if (name !== undefined && slash === '') open.push(name);
    else if (name !== undefined && open.pop() !== name) return false;
    if (open.length === 0) elements += 1;
    position += whole.length;
  }
  return position === text.length && open.length === 0 && elements === 1;
}
