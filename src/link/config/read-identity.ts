import type { LinkIdentity } from '../connection/dial-session.ts';
import { readIdentityKey } from './identity-key.ts';
import { readLinkConfig } from './link-config.ts';

/** Reads who the link is from its data folder. @throws ParhelionError `configInvalid` */
export async function readIdentity(dataDir: string): Promise<LinkIdentity> {
  const { gatewayUrl, siteId, practice: known } = await readLinkConfig(dataDir);
  const { practiceName, practiceManagementVersion } = known;
  const practice = {
    ...(practiceName !== undefined && { practiceName }),
    ...(practiceManagementVersion !== undefined && { practiceManagementVersion }),
  };
  return { gatewayUrl, siteId, practice, privateKey: await readIdentityKey(dataDir) };
}
