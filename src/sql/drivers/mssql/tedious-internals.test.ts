import { Connection } from 'tedious';
import metadataParser from 'tedious/lib/metadata-parser.js';
import { describe, expect, it } from 'vitest';
import { missingInternals, TediousStreamParser } from './tedious-internals.ts';

describe('the parts of tedious that the driver relies on', () => {
  it('are all in the version that is installed', () => {
    expect(missingInternals(Connection, TediousStreamParser, metadataParser)).toEqual([]);
  });

  it('are named when a version lacks them', () => {
    class Renamed {
      sendLogin7Packet(): void {}
      readToken(): void {}
      readColMetadataToken(): void {}
      readReturnValueToken(): void {}
    }
    expect(missingInternals(Renamed, Renamed, undefined)).toEqual([
      'Connection.createTokenStreamParser',
      'StreamParser.waitForChunk',
      'readMetadata',
      'readCollation',
    ]);
  });
});
