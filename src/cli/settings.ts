import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { failure, usageError } from './failure.ts';
import type { CliIo } from './io.ts';

const DevFile = Type.Object({
  baseUrl: Type.String(),
  adminKey: Type.String(),
  integrator: Type.Object({ primaryKey: Type.String() }),
  site: Type.Object({ siteId: Type.String() }),
});
type DevFile = Type.Static<typeof DevFile>;

/** Where `query` sends and as whom. */
export interface QuerySettings {
  readonly baseUrl: string;
  readonly key: string;
  readonly siteId: string;
}

/** Where `admin` sends and with which operator's key. */
export interface AdminSettings {
  readonly baseUrl: string;
  readonly adminKey: string;
}

/** Checks an address and takes the slash off its end, so that a path can follow. */
export function normalizeUrl(text: string): string {
  if (!URL.canParse(text)) throw usageError('The gateway address is not a URL.');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw usageError('The gateway address must begin with http:// or https://.');
  }
  if (url.username !== '' || url.password !== '') {
    throw usageError('The gateway address must not carry a user name or password.');
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** What a running `parhelion dev` tells about itself; undefined when none runs here. */
async function readDevFile(io: CliIo): Promise<DevFile | undefined> {
  const path = `${io.env.PARHELION_DATA_DIR || '.parhelion'}/dev.json`;
  let text: string;
  try {
    text = await io.readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw failure(`${path} cannot be read.`);
  }
  try {
    const content: unknown = JSON.parse(text);
    if (Value.Check(DevFile, content)) return content;
  } catch {
    // Text that is no JSON is as unusable as JSON of another shape.
  }
  throw failure(`${path} is not a file of this version of parhelion.`);
}

interface Target {
  readonly baseUrl: string;
  /** The dev file, only when it is about this very address: its secrets go nowhere else. */
  readonly dev: DevFile | undefined;
}

async function findTarget(io: CliIo, url: string | undefined): Promise<Target> {
  const dev = await readDevFile(io);
  const devUrl = dev && normalizeUrl(dev.baseUrl);
  const given = url ?? (io.env.PARHELION_URL || undefined);
  const baseUrl = given === undefined ? devUrl : normalizeUrl(given);
  if (baseUrl === undefined) {
    throw failure(
      'No gateway is known: give --url, set PARHELION_URL, or start `parhelion dev` in this folder.',
    );
  }
  return { baseUrl, dev: baseUrl === devUrl ? dev : undefined };
}

/** Settings of `query`: an option stands above the environment, the environment above the dev file. */
export async function findQuerySettings(
  io: CliIo,
  options: { readonly url?: string; readonly key?: string; readonly site?: string },
): Promise<QuerySettings> {
  const { baseUrl, dev } = await findTarget(io, options.url);
  const key = options.key ?? (io.env.PARHELION_KEY || dev?.integrator.primaryKey);
  if (!key) throw failure(`No key for ${baseUrl}: give --key or set PARHELION_KEY.`);
  const siteId = options.site ?? (io.env.PARHELION_SITE || dev?.site.siteId);
  if (!siteId) throw failure(`No site at ${baseUrl}: give --site or set PARHELION_SITE.`);
  return { baseUrl, key, siteId };
}

/** Settings of `admin`. The operator's key has no option: it must not stand in a list of processes. */
export async function findAdminSettings(
  io: CliIo,
  options: { readonly url?: string },
): Promise<AdminSettings> {
  const { baseUrl, dev } = await findTarget(io, options.url);
  const adminKey = io.env.PARHELION_ADMIN_KEY || dev?.adminKey;
  if (!adminKey) throw failure(`No operator's key for ${baseUrl}: set PARHELION_ADMIN_KEY.`);
  return { baseUrl, adminKey };
}
