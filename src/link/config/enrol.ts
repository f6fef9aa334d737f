import { mkdir } from 'node:fs/promises';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Transport } from '../connection/transport.ts';
import {
  createIdentityKey,
  hasIdentityKey,
  publicKeyText,
  writeIdentityKey,
} from './identity-key.ts';
import { type LinkConfig, writeLinkConfig } from './link-config.ts';
import { postToGateway, unexpectedAnswer } from './post-to-gateway.ts';

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
}

const enrolAnswer = Compile(Type.Object({ siteId: Type.String() }));

const DEADLINE_MS = 20_000;

/**
 * Gives the site its identity: makes a key, shows the gateway its public half with the one-time token, and writes key
 * and configuration. @throws ParhelionError with a sentence for whoever sets the link up
 */
export async function enrol(options: EnrolOptions): Promise<{ siteId: string }> {
  const { dataDir, gatewayUrl, token, config, transport = {} } = options;
  if (!options.force && (await hasIdentityKey(dataDir))) {
    throw new ParhelionError(
      'configInvalid',
      `This link is enrolled already (${dataDir}). Use --force to replace its identity.`,
    );
  }
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
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  // The key first: a link with a key and no configuration says what is missing, and enrolling again mends it.
  await writeIdentityKey(dataDir, privateKey);
  await writeLinkConfig(dataDir, { ...config, gatewayUrl, siteId });
  return { siteId };
}
