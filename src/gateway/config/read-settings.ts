import { ParhelionError } from '../../errors/parhelion-error.ts';

/** One row of the settings table: the one place where name, variable, default and bounds stand. */
export interface Setting {
  readonly name: string;
  readonly env: string;
  readonly type: string;
  readonly default: string | number;
  readonly min?: number;
  readonly max?: number;
  readonly oneOf?: readonly string[];
  readonly isSecret?: boolean;
  readonly description: string;
}

/** Settings by name; asking for one that the table lacks is a programming error. */
export interface SettingValues {
  text(name: string): string;
  integer(name: string): number;
}

/**
 * Reads the settings of a table from environment variables. An empty variable counts as unset.
 *
 * @throws ParhelionError `configInvalid`, naming the variable
 */
export function readSettings(
  settings: readonly Setting[],
  env: Readonly<Record<string, string | undefined>>,
): SettingValues {
  const values = new Map<string, string | number>();
  for (const setting of settings) {
    values.set(setting.name, readSetting(setting, env[setting.env]));
  }
  const find = (name: string): string | number => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`No setting is called ${name}.`);
    return value;
  };
  return { text: (name) => String(find(name)), integer: (name) => Number(find(name)) };
}

function readSetting(setting: Setting, text: string | undefined): string | number {
  if (text === undefined || text === '') return setting.default;
  const invalid = (rule: string) =>
    new ParhelionError('configInvalid', `${setting.env} must be ${rule}.`);
  if (setting.type === 'text') {
    if (setting.oneOf && !setting.oneOf.includes(text)) {
      throw invalid(`one of ${setting.oneOf.join(', ')}`);
    }
    return text;
  }
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = setting;
  const value = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) throw invalid(`a whole number from ${min} to ${max}`);
  return value;
}
