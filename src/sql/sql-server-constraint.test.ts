import { expect, it } from 'vitest';
import { sqlServerConstraint } from './sql-server-constraint.ts';

it.each([
  [2627, "Violation of UNIQUE KEY constraint 'UQ_A'.", 'unique'],
  [2601, "Cannot insert duplicate key row in object 'dbo.A'.", 'unique'],
  [515, "Cannot insert the value NULL into column 'A'.", 'notNull'],
  [
    547,
    'The INSERT statement conflicted with the FOREIGN KEY constraint "FK_CHECK".',
    'foreignKey',
  ],
  [547, 'The DELETE statement conflicted with the REFERENCE constraint "FK_A".', 'foreignKey'],
  [547, 'The INSERT statement conflicted with the CHECK constraint "CK_A".', 'check'],
  [547, 'Die INSERT-Anweisung steht in Konflikt mit der CHECK-Einschränkung "CK_A".', 'check'],
  [8134, 'Divide by zero error encountered.', undefined],
])('%i "%s" is %s', (number, message, constraint) => {
  expect(sqlServerConstraint(number, message)).toBe(constraint);
});
