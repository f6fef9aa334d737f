import { ParhelionError } from '../../errors/parhelion-error.ts';

type Members = Readonly<Record<string, unknown>>;
type Env = Readonly<Record<string, string | undefined>>;

/** Gives a copy of the tree in which every `passwordEnv` is a `password`, as the function makes it. */
function replaceAll(
  value: unknown,
  path: string,
  toPassword: (variable: unknown, path: string) => string,
): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => replaceAll(item, `${path}.${index}`, toPassword));
  }
  if (typeof value !== 'object' || value === null) return value;
  const { passwordEnv, ...others } = value as Members;
  const copy = Object.fromEntries(
    Object.entries(others).map(([name, member]) => [
      name,
      replaceAll(member, `${path}.${name}`, toPassword),
    ]),
  );
  if (passwordEnv === undefined) return copy;
  if (copy['password'] !== undefined) {
    throw new ParhelionError(
      'configInvalid',
      `${path} has both password and passwordEnv; it needs one.`,
    );
  }
  return { ...copy, password: toPassword(passwordEnv, `${path}.passwordEnv`) };
}

/**
 * The section as the engine's schema describes it, with something in the place of each password: enough to check it
 * where the variables are not set. @throws ParhelionError `configInvalid` without the name of the file
 */
export function withPlaceholders(section: unknown, path: string): unknown {
  return replaceAll(section, path, (variable, where) => {
    if (typeof variable === 'string' && /^[A-Za-z_]\w*$/.test(variable)) return 'placeholder';
    throw new ParhelionError(
      'configInvalid',
      `${where} must be the name of an environment variable.`,
    );
  });
}

/** The section with the passwords that the environment has. @throws ParhelionError naming the variable */
export function withPasswords(section: unknown, path: string, env: Env): unknown {
  return replaceAll(section, path, (variable, where) => {
    const password = env[String(variable)];
    if (password !== undefined && password !== '') return password;
    throw new ParhelionError(
      'configInvalid',
      `The environment variable ${String(variable)} is not set: ${where} of link.json takes the password from it.`,
    );
  });
}
