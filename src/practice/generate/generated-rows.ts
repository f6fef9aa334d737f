import type { Day } from '../calendar.ts';
import type { conditions } from '../schema/clinical-tables.ts';
import type { patients } from '../schema/patient-tables.ts';
import type { visits } from '../schema/scheduling-tables.ts';
import type { Row } from '../table.ts';

export type Patient = Row<typeof patients>;

export type Condition = Row<typeof conditions> & {
  readonly ConditionID: number;
  readonly InternalID: number;
};

export type Visit = Row<typeof visits> & {
  readonly VisitID: number;
  readonly InternalID: number;
  readonly day: Day;
  readonly start: number;
};
