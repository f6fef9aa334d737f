import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Bus } from './bus.ts';
import { InProcessBus } from './in-process-bus.ts';

/** Opens the bus of an address; none is the bus of a single node. */
export function openBus<RequestHeader, ResponseHeader>(
  url: string,
): Bus<RequestHeader, ResponseHeader> {
  if (url === '') return new InProcessBus();
  const kind = url.startsWith('nats:')
    ? 'A NATS bus is not supported yet'
    : 'The address of the bus is not understood';
  throw new ParhelionError('configInvalid', `${kind}: leave it empty to run a single gateway.`);
}
