import { MAX_FRAME_BYTES } from '../../protocol/codec.ts';
import type { Command, ResultParameter } from '../../protocol/command.ts';
import type { EncodedResult, ResultShape } from '../../sql/encoded-result.ts';
import { toResultParameters } from '../../sql/output-parameters.ts';
import { resultTooLarge } from './query-failure.ts';

/** Room for the rest of a frame beside the output parameters. */
const MAX_PARAMETERS_BYTES = MAX_FRAME_BYTES - 1024;

const SHAPES: Record<NonNullable<Command['executionMode']>, ResultShape> = {
  reader: 'rows',
  scalar: 'scalar',
  nonQuery: 'none',
};

export function resultShape({ executionMode = 'reader' }: Command): ResultShape {
  return SHAPES[executionMode];
}

/** What came back by the command's parameters. @throws QueryFailure when it does not fit a frame */
export function outputParameters(
  command: Command,
  result: EncodedResult,
): { parameters?: ResultParameter[] } {
  const parameters = toResultParameters(command.parameters ?? [], result.outputParameters);
  if (Buffer.byteLength(JSON.stringify(parameters)) > MAX_PARAMETERS_BYTES) {
    throw resultTooLarge(MAX_PARAMETERS_BYTES, 'output parameters are');
  }
  return parameters.length > 0 ? { parameters } : {};
}
