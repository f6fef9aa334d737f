/** What XML 1.0 cannot hold, and lone halves of surrogate pairs. */
const NOT_IN_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it stands in XHTML, in elements and attributes alike. What XML cannot hold becomes U+FFFD. */
function escapeXhtml(text: string): string {
  return text
    .replaceAll(NOT_IN_XML, '\ufffd')
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** The language of a summary's own words. */
export const LANGUAGE = 'en-AU';

/** A `div` as narratives are (R4 §2.4.1), in the language of the resource. @param content XHTML */
export function narrativeDiv(content: string): string {
  const language = `xml:lang="${LANGUAGE}" lang="${LANGUAGE}"`;
  return `<div xmlns="http://www.w3.org/1999/xhtml" ${language}>${content}</div>`;
}

/** A paragraph of text. */
export function paragraph(text: string): string {
  return `<p>${escapeXhtml(text)}</p>`;
}

/** A table of texts. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (name: string, texts: readonly string[]) =>
    texts.map((text) => `<${name}>${escapeXhtml(text)}</${name}>`).join('');
  const body = rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('');
  return `<table><thead><tr>${cells('th', head)}</tr></thead><tbody>${body}</tbody></table>`;
}
