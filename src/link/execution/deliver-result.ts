import { MAX_FRAME_BYTES, MAX_INLINE_BYTES } from '../../protocol/codec.ts';
import type { DataChannel } from '../../protocol/data-channel.ts';
import type { FhirAnswerFrame } from '../../protocol/fhir-frames.ts';
import type { ResultFrame } from '../../protocol/frames.ts';
import type { Query, QueryFrame } from './query.ts';
import { resultTooLarge } from './query-failure.ts';

/** How the bytes of a result reached the gateway, or reach it with the result's frame. */
export interface Delivery {
  readonly sizeBytes: number;
  /** The bytes themselves when they fit the frame. */
  readonly body: readonly Uint8Array[] | undefined;
}

export interface DeliveryOptions {
  readonly maxBytes: number;
  readonly streamId: number;
  readonly dataChannel: () => Promise<DataChannel>;
  /** Aborts when the caller is gone: the bytes are then counted and go nowhere. */
  readonly unwanted: AbortSignal;
  readonly signal: AbortSignal;
}

/**
 * Holds a small result for its frame and streams a large one, as its bytes come. It never ends the source early:
 * after a failure the source can be read on, so that a command that writes finishes.
 *
 * @throws QueryFailure when the result is too large; StreamReset when the gateway does not take it
 */
export async function deliverResult(
  source: AsyncIterator<Uint8Array, void, void>,
  options: DeliveryOptions,
): Promise<Delivery> {
  const { maxBytes, streamId, unwanted, signal } = options;
  const meter = new MeteredSource(source, maxBytes);
  const held: Uint8Array[] = [];
  for (let chunk = await meter.next(); chunk; chunk = await meter.next()) {
    held.push(chunk);
    if (meter.sizeBytes > MAX_INLINE_BYTES) break;
  }
  if (meter.sizeBytes <= MAX_INLINE_BYTES) return { sizeBytes: meter.sizeBytes, body: held };
  try {
    if (!unwanted.aborted) {
      const channel = await options.dataChannel();
      await channel.write(streamId, meter.from(held), AbortSignal.any([signal, unwanted]));
    }
  } catch (error) {
    const isNobodysLoss = unwanted.aborted && !signal.aborted && meter.failure === undefined;
    if (!isNobodysLoss) throw error;
  }
  while (await meter.next());
  return { sizeBytes: meter.sizeBytes, body: undefined };
}

/** A body rides in the frame if both fit together; otherwise it has gone, or goes now, by the data stream. */
export async function settleBody<Frame extends ResultFrame | FhirAnswerFrame>(
  query: Query<QueryFrame>,
  frame: Frame,
  { body, sizeBytes }: Delivery,
): Promise<{ readonly frame: Frame; readonly body?: readonly Uint8Array[] }> {
  if (!body) return { frame: { ...frame, isOnDataStream: true } };
  const headerBytes = Buffer.byteLength(JSON.stringify(frame));
  if (headerBytes + sizeBytes + 4 <= MAX_FRAME_BYTES) return { frame, body };
  const channel = await query.caller.dataChannel();
  await channel.write(query.frame.streamId, body, query.signal);
  return { frame: { ...frame, isOnDataStream: true } };
}

/** Counts what comes by, and remembers whether a failure was the source's own. */
class MeteredSource {
  sizeBytes = 0;
  failure: unknown;
  readonly #source: AsyncIterator<Uint8Array, void, void>;
  readonly #maxBytes: number;

  constructor(source: AsyncIterator<Uint8Array, void, void>, maxBytes: number) {
    this.#source = source;
    this.#maxBytes = maxBytes;
  }

  async next(): Promise<Uint8Array | undefined> {
    try {
      const { done, value } = await this.#source.next();
      if (done) return undefined;
      this.sizeBytes += value.length;
      if (this.sizeBytes > this.#maxBytes) throw resultTooLarge(this.#maxBytes);
      return value;
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  /** What was held back, then the rest. Leaving it early leaves the source where it is. */
  async *from(held: Uint8Array[]): AsyncGenerator<Uint8Array, void, void> {
    yield* held.splice(0);
    for (let chunk = await this.next(); chunk; chunk = await this.next()) yield chunk;
  }
}
