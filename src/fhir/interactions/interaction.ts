import type { FhirMethod, FhirStep, StatementResult } from '../course.ts';
import type { ResourceMapping } from '../mapping/system-mapping.ts';
import type { ReadRequest } from '../request/read-request.ts';
import type { ServiceContext } from '../service-context.ts';

/** A resource as it goes out. Decimals are `LosslessNumber`s. */
export interface FhirResource extends Readonly<Record<string, unknown>> {
  readonly resourceType: string;
}

/** What came of an interaction. It is written in the form that the caller wants. */
export interface InteractionAnswer {
  readonly status: number;
  /** By lower-case name, without `content-type`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Left out where the answer has no body. */
  readonly resource?: FhirResource;
}

/** A course without its outer form. It may throw `FhirProblem`s. */
export type InteractionCourse = Generator<FhirStep, InteractionAnswer, readonly StatementResult[]>;

/** What an interaction on a resource type is called with. */
export interface TypeCall {
  readonly request: ReadRequest;
  readonly resource: ResourceMapping;
  readonly context: ServiceContext;
}

/** What an interaction on one resource is called with. `id` is as it was sent. */
export interface InstanceCall extends TypeCall {
  readonly id: string;
  /** Only where the address has one. */
  readonly versionId?: string;
}

interface InteractionFacts {
  /** As in a CapabilityStatement. Several interactions may share one: it is listed once. */
  readonly code: 'read' | 'vread' | 'search-type' | 'create' | 'update' | 'patch' | 'delete';
  readonly method: Exclude<FhirMethod, 'HEAD'>;
  /** It follows `If-None-Exist`. Default false. */
  readonly isConditional?: boolean;
  /** Whether the site's mapping has what it takes. */
  isOffered(resource: ResourceMapping): boolean;
}

/** An interaction of FHIR's REST API, offered for every resource type whose mapping allows it. */
export type Interaction =
  | (InteractionFacts & {
      readonly route: 'type' | 'typeSearch';
      run(call: TypeCall): InteractionCourse;
    })
  | (InteractionFacts & {
      readonly route: 'instance' | 'version';
      run(call: InstanceCall): InteractionCourse;
    });
