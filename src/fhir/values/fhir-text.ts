/** Most texts: printable ASCII, no blanks at the ends. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;
/** What FHIR's strings may not have, besides tab and line ends. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g;
/** Blanks that are no blank to FHIR (its regex admits blank, tab and line ends): no-break space and the like. */
// oxlint-disable-next-line no-control-regex
const OTHER_BLANKS = /[\u000b\u000c\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/g;

const LONE_SURROGATES = /\p{Surrogate}/gu;

/**
 * Text as FHIR admits it in a `string`: without control characters, unusual blanks made plain, trimmed at both ends
 * (CHAR columns are padded). Undefined when nothing is left.
 */
export function cleanText(text: string): string | undefined {
  if (PLAIN.test(text)) return text;
  const cleaned = text
    .replaceAll(OTHER_BLANKS, ' ')
    .replaceAll(FORBIDDEN, '')
    .replaceAll(LONE_SURROGATES, '\ufffd')
    .trim();
  return cleaned === '' ? undefined : cleaned;
}

/** Forms of FHIR's primitive types that are text but not any text (R4, datatypes). */
const FORMS: Readonly<Record<string, RegExp>> = {
  code: /^\S+(?: \S+)*$/,
  id: /^[A-Za-z0-9\-.]{1,64}$/,
  uri: /^\S+$/,
  url: /^\S+$/,
  canonical: /^\S+$/,
  oid: /^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+$/,
  uuid: /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  date: /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/,
  dateTime:
    /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d))?)?)?$/,
  instant:
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/,
  time: /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?$/,
  base64Binary: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
};

/** Whether a text is a value of a primitive type; any text is one of `string` and `markdown`. */
export function isOfForm(text: string, type: string): boolean {
  return FORMS[type]?.test(text) ?? true;
}
