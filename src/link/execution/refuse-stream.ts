import type { Caller } from './caller.ts';

/** The command came a second time: its stream is not read. */
export async function refuseStream(
  { streamId }: { readonly streamId: number },
  caller: Caller,
): Promise<void> {
  try {
    for await (const _ of caller.readStream(streamId, AbortSignal.abort())) break;
  } catch {
    // Refused.
  }
}
