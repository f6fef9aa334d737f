import type { Command } from '../../protocol/command.ts';
import { provesReadOnly } from '../../sql/reads-only.ts';

/** Whether a command may change something: all that is not proved to read only. It is never run twice. */
export function mayWrite({ type = 'text', text }: Command): boolean {
  return type !== 'text' || !provesReadOnly(text);
}
