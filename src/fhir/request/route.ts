import { fhirProblem } from '../outcome/fhir-problem.ts';

/** What an address below the base means. */
export type Route =
  | { readonly kind: 'metadata' }
  | { readonly kind: 'system' }
  | { readonly kind: 'systemHistory' }
  | { readonly kind: 'systemSearch' }
  | { readonly kind: 'type'; readonly type: string }
  | { readonly kind: 'typeHistory'; readonly type: string }
  | { readonly kind: 'typeSearch'; readonly type: string }
  | { readonly kind: 'instance'; readonly type: string; readonly id: string }
  | { readonly kind: 'instanceHistory'; readonly type: string; readonly id: string }
  | {
      readonly kind: 'version';
      readonly type: string;
      readonly id: string;
      readonly versionId: string;
    }
  | {
      readonly kind: 'operation';
      readonly name: string;
      readonly type?: string;
      readonly id?: string;
    };

/** A {@link Route} by its kind. */
export type RouteOf<Kind extends Route['kind']> = Extract<Route, { readonly kind: Kind }>;

function decodedSegments(path: string): string[] {
  const segments = path.replace(/^\/+|\/+$/g, '').split('/');
  return segments.map((segment) => {
    try {
      return decodeURIComponent(segment);
    } catch {
      throw fhirProblem('malformedRequest', 'the path is not percent-encoded UTF-8');
    }
  });
}

function unknownPath(): never {
  throw fhirProblem('unknownPath', 'this is no address of the FHIR R4 REST API');
}

function systemRoute(first: string): Route {
  if (first === '') return { kind: 'system' };
  if (first === 'metadata') return { kind: 'metadata' };
  if (first === '_history') return { kind: 'systemHistory' };
  if (first === '_search') return { kind: 'systemSearch' };
  if (first.startsWith('$')) return { kind: 'operation', name: first.slice(1) };
  return { kind: 'type', type: first };
}

function typeRoute(type: string, second: string): Route {
  if (second === '_history') return { kind: 'typeHistory', type };
  if (second === '_search') return { kind: 'typeSearch', type };
  if (second.startsWith('$')) return { kind: 'operation', name: second.slice(1), type };
  return { kind: 'instance', type, id: second };
}

function instanceRoute(type: string, id: string, third: string): Route {
  if (third === '_history') return { kind: 'instanceHistory', type, id };
  if (third.startsWith('$')) return { kind: 'operation', name: third.slice(1), type, id };
  return unknownPath();
}

/**
 * Reads a path below the base: `Patient/12`, percent-encoded.
 *
 * @throws FhirProblem `malformedRequest` for bad encoding, `unknownPath` for what FHIR gives no meaning
 */
export function readRoute(path: string): Route {
  const segments = decodedSegments(path);
  const [first = '', second, third, fourth, fifth] = segments;
  if (second === undefined) return systemRoute(first);
  if (!/^[A-Z][A-Za-z]*$/.test(first) || segments.includes('')) return unknownPath();
  if (third === undefined) return typeRoute(first, second);
  if (/^[_$]/.test(second) || fifth !== undefined) return unknownPath();
  if (fourth === undefined) return instanceRoute(first, second, third);
  if (third !== '_history') return unknownPath();
  return { kind: 'version', type: first, id: second, versionId: fourth };
}
