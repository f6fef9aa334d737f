import type { MappingFiles } from '../mapping/read-mapping.ts';
import { demoPractice } from './demo-practice/index.ts';

/** The mappings that come with the program, by the name of the practice system: the files of each. */
export const mappedSystems: ReadonlyMap<string, MappingFiles> = new Map([
  ['demo-practice', demoPractice],
]);
