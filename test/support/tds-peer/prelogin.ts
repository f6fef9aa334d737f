/** Values of the encryption option. */
export const ENCRYPTION = { off: 0, on: 1, notSupported: 2, required: 3 } as const;

const ENCRYPTION_OPTION = 1;
const END = 0xff;

/** The encryption that the client asks for. */
export function readEncryption(body: Buffer): number | undefined {
  for (let at = 0; body[at] !== END; at += 5) {
    if (body[at] === ENCRYPTION_OPTION) return body[body.readUInt16BE(at + 1)];
  }
  return undefined;
}

/** The server's answer: its version, and whether it encrypts. */
export function preloginAnswer(encryption: number): Buffer {
  const head = Buffer.alloc(11);
  head[0] = 0;
  head.writeUInt16BE(11, 1);
  head.writeUInt16BE(6, 3);
  head[5] = ENCRYPTION_OPTION;
  head.writeUInt16BE(17, 6);
  head.writeUInt16BE(1, 8);
  head[10] = END;
  return Buffer.concat([head, Buffer.from([15, 0, 0x07, 0xd0, 0, 0]), Buffer.of(encryption)]);
}
