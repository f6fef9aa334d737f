/** 100,000 characters, of one to three bytes each. */
export const LONG_TEXT = 'aé€\n"'.repeat(20_000);

/** 100,000 bytes as base64. */
export const LONG_BYTES = Buffer.alloc(100_000, 'parhelion\0\xff', 'latin1').toString('base64');
