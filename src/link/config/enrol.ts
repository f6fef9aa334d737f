import { constants } from 'node:fs';
import { access, mkdir, rm } from 'node:fs/promises';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Engines } from '../../sql/drivers/engines.ts';
import type { Transport } from '../connection/transport.ts';
import { postToGateway, unexpectedAnswer } from './ask-gateway.ts';
import {
  createIdentityKey,
  hasIdentityKey,
  publicKeyText,
  writeIdentityKey,
} from './identity-key.ts';
import { ANY_SITE, checkLinkConfig, type LinkConfig, writeLinkConfig } from './link-config.ts';

export interface EnrolOptions {
  /** The link's data folder; made when missing. */
  readonly dataDir: string;
  readonly gatewayUrl: string;
  /** The one-time token that the operator handed out. */
  readonly token: string;
  /** What else goes into the configuration. */
  readonly config: Omit<LinkConfig, 'gatewayUrl' | 'siteId'>;
  /** Replaces an identity that is there already. */
  readonly force?: boolean;
  readonly transport?: Transport;
  readonly signal?: AbortSignal;
  readonly engines?: Engines;
}

const enrolAnswer = Compile(Type.Object({ siteId: Type.String() }));

const DEADLINE_MS = 20_000;

/** @throws ParhelionError when the folder has an identity already */
export async function refuseSecondEnrolment(dataDir: string): Promise<void> {
  if (!(await hasIdentityKey(dataDir))) return;
  throw new ParhelionError(
    'configInvalid',
    `This link is enrolled already (${dataDir}). Use --force to replace its identity.`,
  );
}

/**
 * Gives the site its identity: makes a key, shows the gateway its public half with the one-time token, and writes key
 * and configuration. What can fail on this machine is tried before the token is used up.
 *
 * @throws ParhelionError with a sentence for whoever sets the link up
 */
export async function enrol(options: EnrolOptions): Promise<{ siteId: string }> {
  const { dataDir, gatewayUrl, config, force } = options;
  if (!force) await refuseSecondEnrolment(dataDir);
  checkLinkConfig('The settings', { ...config, gatewayUrl, siteId: ANY_SITE }, options.engines);
  const firstMade = await makeFolder(dataDir);
  try {
    return await exchangeToken(options);
  } catch (error) {
    if (firstMade !== undefined) await rm(firstMade, { recursive: true, force: true });
    throw error;
  }
}

/** @returns the topmost folder that was not there before */
async function makeFolder(dataDir: string): Promise<string | undefined> {
  try {
    const firstMade = await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await access(dataDir, constants.W_OK);
    return firstMade;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = `The data folder ${dataDir} cannot be written (${code}).`;
    throw new ParhelionError('configInvalid', message, { cause: error });
  }
}

async function exchangeToken(options: EnrolOptions): Promise<{ siteId: string }> {
  const { dataDir, gatewayUrl, token, config, transport = {} } = options;
  const privateKey = createIdentityKey();
  const answer = await postToGateway(
    gatewayUrl,
    '/link/enrol',
    { token, publicKey: publicKeyText(privateKey) },
    { transport, signal: options.signal ?? AbortSignal.timeout(DEADLINE_MS) },
  );
  const { status, body } = answer;
  if (status === 400 || status === 401 || status === 403) {
    throw new ParhelionError(
      'enrolmentRefused',
      'The gateway refused the enrolment token: it is wrong, used or expired. Ask for a new one.',
    );
  }
  if (status < 200 || status > 299 || !enrolAnswer.Check(body)) {
    throw unexpectedAnswer('the enrolment', answer);
  }
  const { siteId } = body;
  // The key first: a link with a key and no configuration says what is missing, and enrolling again mends it.
  await writeIdentityKey(dataDir, privateKey);
  await writeLinkConfig(dataDir, { ...config, gatewayUrl, siteId }, options.engines);
  return { siteId };
}
