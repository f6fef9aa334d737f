import type { InteractionCourse } from '../interactions/interaction.ts';
import type { ResourceMapping, SystemMapping } from '../mapping/system-mapping.ts';
import type { ReadRequest } from '../request/read-request.ts';
import type { ServiceContext } from '../service-context.ts';

/** What an operation is called with. */
export interface OperationCall {
  readonly request: ReadRequest;
  readonly context: ServiceContext;
  /** The type in the address; left out at the level of the system. */
  readonly resource?: ResourceMapping;
  /** The id in the address, as it was sent; left out at other levels. */
  readonly id?: string;
}

/** A parameter with which an operation is called. */
export interface OperationParameter {
  readonly name: string;
  /** FHIR's name of its type; a search value is a `string` with a search type. */
  readonly type: 'dateTime' | 'integer' | 'string';
  readonly searchType?: 'reference' | 'token';
  /** Default 0: it may be left out. */
  readonly min?: 1;
  readonly documentation: string;
}

/** What an operation that nobody has published is defined by: its OperationDefinition is read at the site itself. */
export interface OwnDefinition {
  readonly id: string;
  readonly title: string;
  readonly parameters: readonly OperationParameter[];
}

/** One operation of FHIR (R4 §3.2), offered where the site's mapping allows it. */
export interface Operation {
  /** Without the `$`. */
  readonly name: string;
  /** Canonical address of its OperationDefinition, or what that is made of. */
  readonly definition: string | OwnDefinition;
  /** For readers of the CapabilityStatement, in markdown. */
  readonly documentation?: string;
  readonly levels: ReadonlySet<'system' | 'type' | 'instance'>;
  /** Resource types that it stands at, for the levels `type` and `instance`. */
  readonly types: ReadonlySet<string>;
  /** It changes something: not by `GET`. */
  readonly affectsState: boolean;
  /** Whether the site's mapping has what it takes. */
  isOffered(mapping: SystemMapping): boolean;
  run(call: OperationCall): InteractionCourse;
}
