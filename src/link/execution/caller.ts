import type { DataChannel } from '../../protocol/data-channel.ts';
import type { LinkFrame } from '../../protocol/frames.ts';

/** The session that asked for a query and gets its outcome. */
export interface Caller {
  readonly sessionId: string;
  /** The gateway's address as it was at the dial. */
  readonly gatewayUrl: string;
  /** Sends a frame. @returns false when the session is gone */
  send(frame: LinkFrame, body?: readonly Uint8Array[]): boolean;
  /** The session's data channel, opened if need be. @throws StreamReset */
  dataChannel(): Promise<DataChannel>;
  /** Reads a stream that the gateway sends. @throws StreamReset */
  readStream(streamId: number, signal: AbortSignal): AsyncIterable<Buffer>;
}
