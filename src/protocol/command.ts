import { type Static, Type } from 'typebox';
import parameterTypes from './parameter-types.json' with { type: 'json' };

/** A parameter type of the contract (§5): a key of the table `parameter-types.json`. */
export type ParameterTypeName = keyof typeof parameterTypes;

/** All parameter types, in the contract's order. */
export const PARAMETER_TYPE_NAMES = Object.keys(parameterTypes) as ParameterTypeName[];

/** One parameter of a command (contract §5). `value` is a string or null, for numbers too. */
export const CommandParameter = Type.Object(
  {
    name: Type.String({
      pattern: '^@?[\\p{L}_#@$][\\p{L}\\p{N}_@#$]{0,127}$',
      description: 'Name of the parameter, with its `@`.',
      examples: ['@siteid'],
    }),
    direction: Type.Optional(
      Type.Enum(['input', 'output', 'inputOutput', 'returnValue'], { default: 'input' }),
    ),
    type: Type.Enum(PARAMETER_TYPE_NAMES, { description: 'SQL type of the value.' }),
    value: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: 'The value as text, also for numbers; binary values are base64.',
        examples: ['66'],
      }),
    ),
    size: Type.Optional(
      Type.Integer({ minimum: -1, maximum: 2_147_483_647, description: 'Length of the value.' }),
    ),
  },
  { title: 'CommandParameter' },
);
export type CommandParameter = Static<typeof CommandParameter>;

/** A SQL command (contract §5). */
export const Command = Type.Object(
  {
    text: Type.String({
      minLength: 1,
      pattern: '\\S',
      description: 'A SQL statement, a batch of them, or the name of a stored procedure.',
      examples: ['SELECT TOP 5 * FROM Patients'],
    }),
    executionMode: Type.Optional(
      Type.Enum(['reader', 'nonQuery', 'scalar'], {
        default: 'reader',
        description: 'Whether rows, one value, or only the number of changed rows is wanted.',
      }),
    ),
    type: Type.Optional(Type.Enum(['text', 'storedProcedure'], { default: 'text' })),
    parameters: Type.Optional(Type.Array(CommandParameter, { maxItems: 2_100 })),
  },
  { title: 'Command' },
);
export type Command = Static<typeof Command>;

/** A parameter as it comes back in a result: `value` is text (binary: base64) or null. */
export const ResultParameter = Type.Object({
  name: Type.String(),
  direction: Type.Enum(['output', 'inputOutput', 'returnValue']),
  type: Type.Enum(PARAMETER_TYPE_NAMES),
  value: Type.Union([Type.String(), Type.Null()]),
  size: Type.Optional(Type.Integer()),
});
export type ResultParameter = Static<typeof ResultParameter>;
