import type {
  Discriminator,
  ElementDefinition,
  ElementType,
  StructureDefinition,
} from './definition-types.ts';
import { type Invariant, sliceInvariants } from './invariants.ts';

/** One element of a profile, or one slice of an element. */
export interface ProfileNode {
  readonly id: string;
  /** As in the path: `effective[x]` for a choice. */
  readonly name: string;
  readonly sliceName: string | undefined;
  readonly min: number;
  readonly max: number;
  readonly isMustSupport: boolean;
  readonly types: readonly ElementType[];
  /** Where it has one type: profiles of which its values fit one. */
  readonly profiles: readonly string[];
  /** Profiles of what a reference may lead to. */
  readonly targets: readonly string[];
  readonly isChoice: boolean;
  readonly fixed: unknown;
  readonly pattern: unknown;
  readonly requiredValueSet: string | undefined;
  readonly discriminators: readonly Discriminator[];
  /** Every value is in one of the slices. */
  readonly isClosed: boolean;
  /** Of a slice: rules that each of its values has to fulfil. */
  readonly invariants: readonly Invariant[];
  readonly children: ProfileNode[];
  readonly slices: ProfileNode[];
}

const valueBeginning = (element: ElementDefinition, prefix: 'fixed' | 'pattern') =>
  Object.entries(element).find(([key]) => key.startsWith(prefix))?.[1];

const withoutVersion = (canonical: string) => canonical.split('|', 1)[0] ?? canonical;

function typesOf({ type: types = [] }: ElementDefinition) {
  const [type] = types;
  const references = types.filter(({ code }) => code === 'Reference');
  return {
    types,
    profiles: types.length === 1 ? (type?.profile ?? []).map(withoutVersion) : [],
    targets: references.flatMap(({ targetProfile = [] }) => targetProfile.map(withoutVersion)),
  };
}

function nodeOf(element: ElementDefinition): ProfileNode {
  const segment = element.id.split('.').at(-1) ?? '';
  const { binding } = element;
  return {
    id: element.id,
    name: segment.split(':', 1)[0] ?? '',
    sliceName: segment.includes(':') ? segment.slice(segment.indexOf(':') + 1) : undefined,
    min: element.min,
    max: element.max === '*' ? Number.POSITIVE_INFINITY : Number(element.max),
    isMustSupport: element.mustSupport === true,
    ...typesOf(element),
    isChoice: segment.split(':', 1)[0]?.endsWith('[x]') === true,
    fixed: valueBeginning(element, 'fixed'),
    pattern: valueBeginning(element, 'pattern'),
    requiredValueSet: binding?.strength === 'required' ? binding.valueSet : undefined,
    discriminators: element.slicing?.discriminator ?? [],
    isClosed: element.slicing?.rules === 'closed',
    invariants: element.id.includes(':')
      ? sliceInvariants(element.path, element.constraint ?? [])
      : [],
    children: [],
    slices: [],
  };
}

/** The elements of a profile as a tree; the root is the resource or datatype itself. */
export function profileTree(profile: StructureDefinition): ProfileNode {
  const byId = new Map<string, ProfileNode>();
  let root: ProfileNode | undefined;
  for (const element of profile.snapshot?.element ?? []) {
    const node = nodeOf(element);
    byId.set(node.id, node);
    const at = node.id.lastIndexOf('.');
    if (at < 0) {
      root = node;
      continue;
    }
    const parent = byId.get(node.id.slice(0, at));
    if (parent === undefined) throw new Error(`${profile.url}: ${node.id} has no parent`);
    if (node.sliceName === undefined) parent.children.push(node);
    else parent.children.find((child) => child.name === node.name)?.slices.push(node);
  }
  if (root === undefined) throw new Error(`${profile.url} has no snapshot`);
  return root;
}

/** Ids of all elements that must be supported. */
export function mustSupportIds(node: ProfileNode): string[] {
  const own = node.isMustSupport && node.max > 0 ? [node.id] : [];
  return [...own, ...[...node.children, ...node.slices].flatMap(mustSupportIds)];
}
