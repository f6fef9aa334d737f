import type { Json } from './definition-types.ts';

/** An entry of a Bundle, as far as references need it. */
interface Entry {
  readonly fullUrl?: string;
  readonly resource?: Json;
}

/** What a reference leads to. */
export interface Target {
  /** The resource; undefined where it is none of those at hand. */
  readonly resource: Json | undefined;
  /** The resource type, as far as the reference tells it. */
  readonly type: string | undefined;
}

const REST = /^(?:(https?:.*)\/)?([A-Z][A-Za-z]*)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[^/]+)?$/;

/**
 * Finds what references lead to: contained resources, and entries of the document that a resource is in (R4 §3.1.5.2.1).
 * As HL7's validator does, and IPS's examples need, it takes `Type/id` also of resources that have no address to start from.
 */
export class ReferenceScope {
  readonly #entries = new Map<string, Json>();
  readonly #addresses = new Map<string, Json>();
  readonly #bases = new Map<Json, string>();
  /** What was wrong with its resources, by profile. */
  readonly known = new Map<Json, Map<string, readonly string[]>>();
  /** All that is referred to must be in it. */
  readonly isDocument: boolean;

  constructor(bundle?: Json) {
    this.isDocument = bundle !== undefined;
    for (const { fullUrl = '', resource } of (bundle?.['entry'] ?? []) as readonly Entry[]) {
      if (resource === undefined) continue;
      this.#entries.set(fullUrl, resource);
      this.#addresses.set(
        `${String(resource['resourceType'])}/${String(resource['id'])}`,
        resource,
      );
      const base = REST.exec(fullUrl)?.[1];
      if (base !== undefined) this.#bases.set(resource, base);
    }
  }

  /** @param from the resource that the reference stands in; of a contained one, the resource around it */
  find(reference: string, from: Json): Target {
    if (reference.startsWith('#')) {
      const contained = (from['contained'] ?? []) as readonly Json[];
      return targetOf(contained.find(({ id }) => `#${String(id)}` === reference));
    }
    const isAbsolute = /^[a-z]+:/.test(reference);
    const base = this.#bases.get(from);
    const found =
      isAbsolute || base === undefined
        ? (this.#entries.get(reference) ?? this.#addresses.get(reference))
        : this.#entries.get(`${base}/${reference}`);
    return found ? targetOf(found) : { resource: undefined, type: REST.exec(reference)?.[2] };
  }
}

function targetOf(resource: Json | undefined): Target {
  return { resource, type: resource && String(resource['resourceType']) };
}
