/** What a site chooses of what a mapping offers, by name. */
export type SiteSettings = Readonly<Record<string, boolean | undefined>>;

type Json = Readonly<Record<string, unknown>>;

interface Choice {
  readonly then: unknown;
  readonly else: unknown;
}

const settingOf = (json: Json) => (json['$if'] as { readonly setting: string }).setting;

function choiceOf(json: Json, settings: SiteSettings): unknown {
  const { then, else: otherwise } = json as unknown as Choice;
  return settings[settingOf(json)] === true ? then : otherwise;
}

function isChoice(json: Json): boolean {
  const test = json['$if'];
  return (
    typeof test === 'object' &&
    test !== null &&
    typeof (test as Json)['setting'] === 'string' &&
    Object.keys(test).length === 1 &&
    json['then'] !== undefined
  );
}

/**
 * A template in which `{"$if": {"setting": "…"}, "then": …, "else": …}` is one or the other. What has no `else` is left
 * out where the setting is off, and the list or member that then has nothing with it.
 *
 * @returns undefined when nothing is left
 */
export function applySettings(json: unknown, settings: SiteSettings): unknown {
  if (Array.isArray(json)) {
    const items = json.flatMap((item: unknown) => {
      const kept = applySettings(item, settings);
      return kept === undefined ? [] : [kept];
    });
    return items.length === 0 && json.length > 0 ? undefined : items;
  }
  if (typeof json !== 'object' || json === null) return json;
  const object = json as Json;
  if (isChoice(object)) {
    const chosen = choiceOf(object, settings);
    return chosen === undefined ? undefined : applySettings(chosen, settings);
  }
  const members = Object.entries(object).flatMap(([name, member]) => {
    const kept = applySettings(member, settings);
    return kept === undefined ? [] : [[name, kept] as const];
  });
  return Object.fromEntries(members);
}

/** Names of the settings that a mapping asks for anywhere. */
export function settingsIn(json: unknown): readonly string[] {
  if (typeof json !== 'object' || json === null) return [];
  const below = Object.values(json).flatMap((member: unknown) => settingsIn(member));
  const own = !Array.isArray(json) && isChoice(json as Json) ? [settingOf(json as Json)] : [];
  return [...new Set([...own, ...below])];
}
