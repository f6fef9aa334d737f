import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DevFacts } from '../../src/bin/dev/banner.ts';
import { HttpClient } from './http-client.ts';
import { copyPractice } from './practice-copy.ts';
import { type Env, Program } from './program.ts';
import { QueryClient } from './query-client.ts';
import { until } from './until.ts';

/** A folder that is gone when the test file is done. */
export class TempFolder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'parhelion-system-'));

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

/** `parhelion dev` over a practice that is seeded already. */
export class DevSystem {
  readonly program: Program;
  readonly facts: DevFacts;

  private constructor(program: Program, facts: DevFacts) {
    this.program = program;
    this.facts = facts;
  }

  /** Resolves when the banner is out. */
  static async start(dataDir: string, env: Env = {}): Promise<DevSystem> {
    copyPractice(join(dataDir, 'practice'));
    return DevSystem.startAgain(dataDir, env);
  }

  /** Starts over the data of an earlier start. */
  static async startAgain(dataDir: string, env: Env = {}): Promise<DevSystem> {
    const program = new Program(['dev'], {
      PARHELION_DATA_DIR: dataDir,
      PARHELION_PORT: '0',
      ...env,
    });
    try {
      await until('the banner of dev mode', () => {
        if (program.hasEnded) throw new Error(`dev ended: ${program.output}`);
        return program.stdout.includes('Stop with Ctrl-C.');
      });
      return new DevSystem(program, readDevFile(dataDir));
    } catch (error) {
      await program.stop();
      throw error;
    }
  }

  get integrator(): HttpClient {
    return new HttpClient(this.facts.baseUrl, {
      'ocp-apim-subscription-key': this.facts.integrator.primaryKey,
    });
  }

  get admin(): HttpClient {
    return new HttpClient(this.facts.baseUrl, { authorization: `Bearer ${this.facts.adminKey}` });
  }

  get queries(): QueryClient {
    return new QueryClient(this.integrator, this.facts.site.siteId);
  }
}

export function readDevFile(dataDir: string): DevFacts {
  return JSON.parse(readFileSync(join(dataDir, 'dev.json'), 'utf8')) as DevFacts;
}
