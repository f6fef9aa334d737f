/** What the header `Prefer` asks for; unknown preferences are no errors (RFC 7240). */
export interface Preferences {
  /** Whether parameters that are not understood are refused. Default `lenient`. */
  readonly handling: 'strict' | 'lenient';
  /** What a write answers; left out, the interaction's own default. */
  readonly returned?: 'minimal' | 'representation' | 'OperationOutcome';
}

const RETURNED: ReadonlyMap<string, NonNullable<Preferences['returned']>> = new Map([
  ['minimal', 'minimal'],
  ['representation', 'representation'],
  ['operationoutcome', 'OperationOutcome'],
]);

/** Reads the header `Prefer`. The first mention of a preference counts (RFC 7240 §2). */
export function readPreferences(header: string | undefined): Preferences {
  const said = new Map<string, string>();
  for (const part of (header ?? '').split(/[,;]/)) {
    const [name = '', value = ''] = part.split('=').map((piece) => piece.trim().toLowerCase());
    if (!said.has(name)) said.set(name, value.replace(/^"(.*)"$/, '$1'));
  }
  const returned = RETURNED.get(said.get('return') ?? '');
  return {
    handling: said.get('handling') === 'strict' ? 'strict' : 'lenient',
    ...(returned ? { returned } : {}),
  };
}
