import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { type Env, Program } from './program.ts';
import type { System } from './system.ts';
import { until } from './until.ts';

/** A program of `examples/`, run as an integrator runs it. */
export function startExample(name: string, args: readonly string[], env: Env): Program {
  const script = fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
  return new Program(args, env, undefined, script);
}

/** What an integrator sets for the examples and for `parhelion`. */
export function callerOf({ url, siteId, integrator }: System): Env {
  return {
    PARHELION_URL: url,
    PARHELION_KEY: integrator.primaryKey,
    PARHELION_SITE: siteId,
  };
}

/** The secret of the webhooks that {@link sendWebhooksTo} sets. */
export const SECRET = 'a secret of the webhooks';

/** Lets the gateway tell a port of this machine of one source. */
export async function sendWebhooksTo(
  { admin, integrator }: System,
  port: number,
  source: 'async' | 'registered',
): Promise<void> {
  const path = `/admin/integrators/${integrator.id}/webhooks/${source}`;
  const body = { url: `http://127.0.0.1:${port}/`, secret: SECRET };
  const { status } = await admin.send({ method: 'PUT', path, body });
  expect(status).toBe(201);
}

/** Waits until a program says something. @throws Error when it ends before */
export async function untilSays(program: Program, text: string): Promise<void> {
  await until(`it says ${text}`, () => {
    if (program.hasEnded) throw new Error(`It ended: ${program.output}`);
    return program.output.includes(text);
  });
}
