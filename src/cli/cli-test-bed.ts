import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createProgram } from './create-program.ts';
import type { CliIo, NewFile } from './io.ts';
import type { RunFunctions } from './run-functions.ts';
import { runProgram } from './run-program.ts';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface CannedAnswer {
  readonly status?: number;
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly text?: string;
  readonly headers?: Record<string, string>;
  /** The line goes dead in the middle of the text. */
  readonly isCut?: true;
}

export interface ApiServer extends AsyncDisposable {
  readonly url: string;
  readonly requests: ReceivedRequest[];
}

/** Listens on a free port and gives each request the answer that the function makes of it, or none at all. */
export async function startApiServer(
  answer: (request: ReceivedRequest) => CannedAnswer | undefined,
): Promise<ApiServer> {
  const requests: ReceivedRequest[] = [];
  const respond = async (incoming: IncomingMessage, response: ServerResponse) => {
    const raw = await text(incoming);
    const request: ReceivedRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      body: raw === '' ? undefined : JSON.parse(raw),
    };
    requests.push(request);
    const canned = answer(request);
    if (!canned) return;
    response.writeHead(canned.status ?? 200, {
      'content-type': 'application/json',
      ...canned.headers,
    });
    if (canned.isCut) {
      const half = canned.text?.slice(0, canned.text.length / 2) ?? '';
      response.write(half, () => incoming.socket.destroy());
      return;
    }
    response.end(
      canned.text ?? (canned.body === undefined ? undefined : JSON.stringify(canned.body)),
    );
  };
  const server = createServer((incoming, response) => void respond(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface CliOutcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliWorld {
  readonly env?: Record<string, string>;
  readonly columns?: number;
  /** Contents of files by path; all others do not exist. */
  readonly files?: Record<string, string>;
  readonly stdin?: string;
  readonly signal?: AbortSignal;
  readonly isStderrTty?: boolean;
  /** After so many writes nobody reads stdout any more. */
  readonly maxWrites?: number;
  /** Error code with which each write to a file fails. */
  readonly fileError?: string;
  /** Filled with the contents of the files that it completes, by path. */
  readonly written?: Record<string, string>;
  /** Filled with how long it waits each time; no time passes. */
  readonly pausesMs?: number[];
  readonly run?: Partial<RunFunctions>;
}

const unexpected = () => Promise.reject(new Error('This command was not expected to run.'));

const errorOf = (code: string) => Object.assign(new Error(code), { code });

/** Files of a disk that exists as long as the command. */
function createFile({ fileError, written = {} }: CliWorld) {
  return async (path: string): Promise<NewFile> => {
    let content = '';
    return {
      async write(chunk) {
        if (fileError !== undefined) throw errorOf(fileError);
        content += chunk;
      },
      commit: async () => void (written[path] = content),
      [Symbol.asyncDispose]: async () => {},
    };
  };
}

/** Runs one command line in this process. It has a terminal when `columns` are given. */
export async function runCli(args: readonly string[], world: CliWorld = {}): Promise<CliOutcome> {
  let stdout = '';
  let stderr = '';
  let writes = 0;
  const signal = world.signal ?? new AbortController().signal;
  const io: CliIo = {
    stdout: (chunk) => void (stdout += chunk),
    writeOut: async (chunk) => {
      writes += 1;
      if (writes > (world.maxWrites ?? Number.POSITIVE_INFINITY)) throw errorOf('EPIPE');
      stdout += chunk;
    },
    stderr: (chunk) => void (stderr += chunk),
    env: world.env ?? {},
    isTty: world.columns !== undefined,
    columns: world.columns,
    isStderrTty: world.isStderrTty ?? false,
    signal,
    createFile: createFile(world),
    pause: async (ms) => {
      world.pausesMs?.push(ms);
      return !signal.aborted;
    },
    readFile: async (path) => {
      const content = world.files?.[path];
      if (content === undefined) throw errorOf('ENOENT');
      return content;
    },
    readStdin: async () => world.stdin ?? '',
  };
  const run: RunFunctions = {
    dev: unexpected,
    gateway: unexpected,
    linkRun: unexpected,
    linkEnrol: unexpected,
    linkCheck: unexpected,
    linkPairCode: unexpected,
    linkPairings: unexpected,
    linkUnpair: unexpected,
    linkRequireCode: unexpected,
    linkPause: unexpected,
    linkResume: unexpected,
    linkPolicy: unexpected,
    linkAudit: unexpected,
    linkAuditVerify: unexpected,
    fhirCheck: unexpected,
    fhirTry: unexpected,
    fhirTables: unexpected,
    ...world.run,
  };
  const program = createProgram({ io, version: '26.1122.0', run, drivers: ['sqlite', 'mssql'] });
  const exitCode = await runProgram(program, args, io);
  return { exitCode, stdout, stderr };
}
