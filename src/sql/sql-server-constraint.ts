import type { ConstraintKind } from './sql-error.ts';

const UNIQUE_INDEX = 2601;
const UNIQUE_CONSTRAINT = 2627;
const NOT_NULL = 515;
const CONFLICT = 547;

/**
 * The constraint that an error of SQL Server tells of, by its number. 547 is for foreign keys and checks alike: the
 * kind is a keyword before the constraint's name, in every language of the server.
 */
export function sqlServerConstraint(number: number, message: string): ConstraintKind | undefined {
  switch (number) {
    case UNIQUE_INDEX:
    case UNIQUE_CONSTRAINT:
      return 'unique';
    case NOT_NULL:
      return 'notNull';
    case CONFLICT:
      return /^[^"]*\bCHECK\b/.test(message) ? 'check' : 'foreignKey';
    default:
      return undefined;
  }
}
