import { createHmac, hkdfSync } from 'node:crypto';

const MAX_DEVICE_ID_LENGTH = 200;

/** What is wrong with a device id, as the end of a sentence; undefined when nothing is. It must survive in a header. */
export function problemOfDeviceId(deviceId: string): string | undefined {
  if (deviceId.length > MAX_DEVICE_ID_LENGTH) {
    return `must have at most ${MAX_DEVICE_ID_LENGTH} characters`;
  }
  if (!/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(deviceId)) {
    return 'must be printable ASCII without spaces at its ends';
  }
  return undefined;
}

/** The form in which tokens and the store hold device ids: it tells nothing without the gateway's secret key. */
export function createDeviceHasher(secretKey: string): (deviceId: string) => string {
  const pepper = Buffer.from(hkdfSync('sha256', secretKey, '', 'parhelion device ids', 32));
  return (deviceId) => createHmac('sha256', pepper).update(deviceId).digest('base64url');
}
