import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;

/** Choices of a site that are no part of its mapping. */
export const FhirSettings = Type.Object(
  {
    medicationStatementWithRequests: Type.Optional(
      Type.Boolean({
        description:
          'MedicationStatements carry their MedicationRequest as a contained resource. Left out, they do not.',
      }),
    ),
  },
  closed,
);

/** The section `fhir` of `link.json`; without it the site offers no FHIR. */
export const FhirSection = Type.Object(
  {
    mapping: Type.String({
      minLength: 1,
      description:
        'Which mapping makes FHIR of the database: the name of one that comes with Parhelion (`demo-practice`), or the path of a folder, which has a slash or a dot in it and counts from the link’s data folder.',
    }),
    timeZone: Type.String({
      minLength: 1,
      description:
        'IANA name of the zone of the practice’s local times, such as `Australia/Brisbane`.',
    }),
    settings: Type.Optional(FhirSettings),
  },
  closed,
);
export type FhirSection = Static<typeof FhirSection>;
