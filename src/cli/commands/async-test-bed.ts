import {
  type CannedAnswer,
  type CliWorld,
  type ReceivedRequest,
  runCli,
  startApiServer,
} from '../cli-test-bed.ts';

export const SITE = '0199b1c0-0000-7000-8000-000000000001';
export const ID = '0199b1c0-0000-7000-8000-00000000000a';
export const PATH = `/integrator/sites/${SITE}/queries`;

export const PAGES = [
  '[{"n":9007199254740993,"t":"a,b"},{"n":1.50,"t":null}]',
  '[{"n":-12345678901234567890.10,"t":"},{\\"\\\\"}]',
];
export const ROWS = [
  '{"n":9007199254740993,"t":"a,b"}\n',
  '{"n":1.50,"t":null}\n',
  '{"n":-12345678901234567890.10,"t":"},{\\"\\\\"}\n',
].join('');

const countOf = (page: string) => (JSON.parse(page) as unknown[]).length;

export function pageList(texts: readonly string[], cached: number) {
  let next = 0;
  return texts.map((text, at) => {
    const count = countOf(text);
    const rows = { count, rangeStart: next, rangeEnd: next + count - 1 };
    next += count;
    const status = at < cached ? 'cached' : 'uploading';
    return { pageNumber: at + 1, status, size: Buffer.byteLength(text), rows };
  });
}

/** The query object with so many of the pages cached. */
export function queryBody(status: string, cached = 0, texts: readonly string[] = PAGES) {
  const pages = pageList(texts, cached);
  const rows = texts.reduce((sum, text) => sum + countOf(text), 0);
  const metrics = { sqlExecutionDuration: 3.4 };
  return { id: ID, mode: 'async', status, metrics, result: { rows, size: 9, pages } };
}

export function pageAnswer(number: number, texts: readonly string[] = PAGES): CannedAnswer {
  const text = texts[number - 1] ?? '';
  const { rows } = pageList(texts, 0)[number - 1] ?? {};
  return {
    text,
    headers: {
      Size: String(Buffer.byteLength(text)),
      'Rows-Count': String(rows?.count),
      'Rows-Range-Start': String(rows?.rangeStart),
      'Rows-Range-End': String(rows?.rangeEnd),
    },
  };
}

export interface Script {
  /** Bodies or answers of the status route, one after the other; the last one stays. */
  readonly statuses: readonly (object | CannedAnswer)[];
  readonly texts?: readonly string[];
  /** What stands in for an answer, by the key `METHOD path-below-the-queries`, each once. */
  readonly instead?: Record<string, (CannedAnswer | undefined)[]>;
}

/** Answers as the contract has it for one async query. */
export function contractAnswers({ statuses, texts = PAGES, instead = {} }: Script) {
  const left = [...statuses];
  return ({ method, path }: ReceivedRequest): CannedAnswer | undefined => {
    const below = path.slice(PATH.length);
    const substitutes = instead[`${method} ${below}`];
    if (substitutes && substitutes.length > 0) return substitutes.shift();
    if (method === 'POST' && below === '/async') return { status: 201, body: { id: ID } };
    const page = /\/results\/(\d+)\/stream$/.exec(below)?.[1];
    if (page !== undefined) return pageAnswer(Number(page), texts);
    const [now] = left;
    if (left.length > 1) left.shift();
    return now && 'status' in now && typeof now.status === 'number' ? now : { body: now };
  };
}

export const DONE: Script = { statuses: [queryBody('successful', 2)] };

/** Runs `parhelion query` with these arguments against a gateway that plays the script. */
export async function runQuery(script: Script, args: string[], world: CliWorld = {}) {
  await using api = await startApiServer(contractAnswers(script));
  const env = { PARHELION_URL: api.url, PARHELION_KEY: 'key-1', PARHELION_SITE: SITE };
  const written: Record<string, string> = {};
  const pausesMs: number[] = [];
  const outcome = await runCli(['query', ...args], { env, written, pausesMs, ...world });
  const asked = api.requests.map(({ method, path }) => `${method} ${path.slice(PATH.length)}`);
  return { ...outcome, written, pausesMs, asked, requests: api.requests, url: api.url };
}

export const ASYNC = ['--async', 'SELECT 1'];
