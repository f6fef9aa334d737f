import { MAX_IDS_IN_FRAME, type RegistrationsFrame } from '../../protocol/registered-frames.ts';
import type { Caller } from '../execution/caller.ts';

type Outcome = RegistrationsFrame['outcome'];

/** Tells the gateway what became of its registrations: those of one moment in one frame. */
export class Registrations {
  readonly #untold = new Map<Outcome, string[]>();
  #caller: Caller | undefined;

  connected(caller: Caller): void {
    // What an earlier session was to be told, this one asks anew.
    this.#untold.clear();
    this.#caller = caller;
  }

  tell(outcome: Outcome, queryId: string): void {
    if (this.#untold.size === 0) setImmediate(() => this.#send());
    const queryIds = this.#untold.get(outcome) ?? [];
    queryIds.push(queryId);
    this.#untold.set(outcome, queryIds);
  }

  #send(): void {
    for (const [outcome, queryIds] of this.#untold) {
      for (let at = 0; at < queryIds.length; at += MAX_IDS_IN_FRAME) {
        const part = queryIds.slice(at, at + MAX_IDS_IN_FRAME);
        this.#caller?.send({ type: 'registrations', outcome, queryIds: part });
      }
    }
    this.#untold.clear();
  }
}
