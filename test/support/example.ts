import { fileURLToPath } from 'node:url';
import { type Env, Program } from './program.ts';

/** A program of `examples/`, run as an integrator runs it. */
export function startExample(name: string, args: readonly string[], env: Env): Program {
  const script = fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
  return new Program(args, env, undefined, script);
}
