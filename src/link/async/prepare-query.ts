import type { Catalogue } from '../../protocol/frames.ts';
import type { SqlCommand } from '../../sql/driver.ts';
import { chooseCatalogue } from '../execution/choose-catalogue.ts';
import { mayWrite } from '../execution/may-write.ts';
import { toSqlCommand } from '../execution/read-command.ts';
import type { QueryOrder } from '../journal/query-journal.ts';

/** An order that is ready to be run. */
export interface PreparedQuery {
  readonly order: QueryOrder;
  readonly sqlCommand: SqlCommand;
  readonly catalogue: string;
  readonly mayWrite: boolean;
}

/** @throws QueryFailure when the command cannot be run at this site */
export function prepareQuery(order: QueryOrder, catalogues: readonly Catalogue[]): PreparedQuery {
  return {
    order,
    sqlCommand: toSqlCommand(order.command),
    catalogue: chooseCatalogue(order.catalogue, catalogues),
    mayWrite: mayWrite(order.command),
  };
}
