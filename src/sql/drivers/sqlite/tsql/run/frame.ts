import type { Stored } from '../database.ts';
import { sqlServerError } from '../errors.ts';
import type { SqlType } from '../types/sql-type.ts';

export interface FrameVariable {
  type: SqlType;
  value: Stored;
  /** A decimal parameter without a scale of its own: it takes that of what is assigned. */
  readonly isScaleFree: boolean;
}

/** The variables of a batch or of one procedure call. */
export class Frame {
  readonly variables = new Map<string, FrameVariable>();
  /** Procedure calls around this one. */
  readonly depth: number;
  returnValue = 0n;

  constructor(depth: number) {
    this.depth = depth;
  }

  declare(name: string, type: SqlType, value: Stored = null, isScaleFree = false): void {
    const key = name.toLowerCase();
    if (this.variables.has(key)) throw sqlServerError(134, name);
    this.variables.set(key, { type, value, isScaleFree });
  }

  variable(name: string): FrameVariable {
    const variable = this.variables.get(name.toLowerCase());
    if (variable === undefined) throw sqlServerError(137, name);
    return variable;
  }
}
