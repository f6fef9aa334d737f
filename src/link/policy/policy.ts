import { type Static, Type } from 'typebox';
import { schemaProblem } from '../config/schema-problem.ts';
import { AllowedHours, hoursProblem, isTimeZone } from './allowed-hours.ts';

const UUID = '^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';
const Ids = (description: string) =>
  Type.Optional(Type.Array(Type.String({ pattern: UUID, description })));

/** `policy.json`: what the practice allows on its link. Every field may be left out; then it restricts nothing. */
export const Policy = Type.Object(
  {
    readOnly: Type.Optional(
      Type.Boolean({ description: 'Whether nobody may change anything in the database.' }),
    ),
    readOnlyIntegrators: Ids('Integrators (ids) that may change nothing; others may.'),
    allowedIntegrators: Ids(
      'Only these integrators (ids) may query. Left out, all that are paired.',
    ),
    refusedIntegrators: Ids(
      'These integrators (ids) may not query, also when they are among the allowed ones.',
    ),
    timeZone: Type.Optional(
      Type.String({
        description:
          'IANA name of the time zone that `allowedHours` are in, such as `Australia/Brisbane`.',
      }),
    ),
    allowedHours: Type.Optional(
      Type.Array(AllowedHours, {
        minItems: 1,
      }),
    ),
    paused: Type.Optional(
      Type.Boolean({ description: 'Whether no query may begin: `parhelion link pause`.' }),
    ),
    pauseReason: Type.Optional(
      Type.String({
        maxLength: 200,
        description: 'Why it is paused. The integrators whose queries are refused read it.',
      }),
    ),
    pauseUntil: Type.Optional(
      Type.String({
        description:
          'When the pause ends by itself, with its offset: `2026-11-23T07:00:00+10:00`. Left out, it ends with `parhelion link resume`.',
      }),
    ),
    pauseCutsRunning: Type.Optional(
      Type.Boolean({ description: 'Whether the pause also stops what is running.' }),
    ),
    audit: Type.Optional(
      Type.Object(
        {
          statement: Type.Optional(
            Type.Enum(['hash', 'text'], {
              description:
                'What the audit trail keeps of a command: its SHA-256 alone (`hash`, as when it is left out), or its text too. Values of parameters are never kept.',
            }),
          ),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type Policy = Static<typeof Policy>;

/** What holds where there is no `policy.json`. */
export const ALLOW_ALL: Policy = {};

/** The first thing that is wrong with a policy, by the name of its field. */
export function policyProblem(value: unknown): string | undefined {
  const problem = schemaProblem(Policy, value, '');
  if (problem !== undefined) return problem;
  const { timeZone, allowedHours, pauseUntil } = value as Policy;
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    return 'timeZone is no IANA name of a time zone, such as Australia/Brisbane';
  }
  if (allowedHours && timeZone === undefined)
    return 'timeZone is missing, which allowedHours needs';
  for (const [index, hours] of (allowedHours ?? []).entries()) {
    const wrong = hoursProblem(hours);
    if (wrong !== undefined) return `allowedHours.${index}.${wrong}`;
  }
  if (pauseUntil !== undefined && !isMoment(pauseUntil)) {
    return 'pauseUntil must be a date and time with its offset, such as 2026-11-23T07:00:00+10:00';
  }
  return undefined;
}

/** Whether a text is a date and time with an offset, so that it means one moment. */
function isMoment(text: string): boolean {
  const hasForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.test(text);
  return hasForm && !Number.isNaN(Date.parse(text));
}
