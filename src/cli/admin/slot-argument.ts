import { Argument } from 'commander';

/** Which of an integrator's two keys is meant. */
export function slotArgument(): Argument {
  return new Argument('<slot>', 'which of the two keys').choices(['primary', 'secondary']);
}
