/** What a client's login message says. */
export interface Login {
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly appName: string;
  readonly packetBytes: number;
  /** NTLM's first message; empty for a login of SQL Server's own. */
  readonly sspi: Buffer;
}

/** The password travels with its half-bytes swapped and its bits turned. */
function readablePassword(bytes: Buffer): string {
  const plain = bytes.map((byte) => {
    const turned = byte ^ 0xa5;
    return ((turned & 0x0f) << 4) | (turned >> 4);
  });
  return Buffer.from(plain).toString('utf16le');
}

/** Reads a LOGIN7 message. */
export function readLogin(body: Buffer): Login {
  const field = (at: number): Buffer => {
    const start = body.readUInt16LE(at);
    return body.subarray(start, start + body.readUInt16LE(at + 2) * 2);
  };
  const text = (at: number): string => field(at).toString('utf16le');
  const sspiAt = body.readUInt16LE(78);
  return {
    user: text(40),
    password: readablePassword(field(44)),
    appName: text(48),
    database: text(68),
    packetBytes: body.readUInt32LE(8),
    sspi: body.subarray(sspiAt, sspiAt + body.readUInt16LE(80)),
  };
}

const NTLM_SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1');
const NTLM_FLAGS = 0xe289_8235;

/** NTLM's second message: a fixed challenge. */
export function ntlmChallenge(): Buffer {
  const message = Buffer.alloc(56);
  NTLM_SIGNATURE.copy(message);
  message.writeUInt32LE(2, 8);
  message.writeUInt32LE(56, 16);
  message.writeUInt32LE(NTLM_FLAGS, 20);
  Buffer.from('0123456789abcdef', 'hex').copy(message, 24);
  // Target information: an empty list, which ends with four zero bytes.
  message.writeUInt16LE(4, 40);
  message.writeUInt16LE(4, 42);
  message.writeUInt32LE(52, 44);
  return message;
}

/** What NTLM's third message says openly; its proof of the password is not checked. */
export interface NtlmAnswer {
  readonly domain: string;
  readonly user: string;
  readonly proofBytes: number;
}

export function readNtlmAnswer(body: Buffer): NtlmAnswer {
  if (!body.subarray(0, 8).equals(NTLM_SIGNATURE) || body.readUInt32LE(8) !== 3) {
    throw new Error('The message is not the third of NTLM.');
  }
  const text = (at: number): string => {
    const start = body.readUInt32LE(at + 4);
    return body.subarray(start, start + body.readUInt16LE(at)).toString('utf16le');
  };
  return { domain: text(28), user: text(36), proofBytes: body.readUInt16LE(20) };
}
