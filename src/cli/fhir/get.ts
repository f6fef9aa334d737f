import type { Command } from 'commander';
import { addIntegratorOptions, type IntegratorOptions } from '../commands/integrator-options.ts';
import { failure } from '../failure.ts';
import { createGatewayClient, isSuccess } from '../gateway-client.ts';
import type { CliIo } from '../io.ts';
import { findQuerySettings } from '../settings.ts';
import { escapeText } from '../terminal-text.ts';

/** The gateway's own limits of waiting and executing, and room for a large answer on a slow line. */
const TIMEOUT_MS = 120_000;

interface GetOptions extends IntegratorOptions {
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  parhelion fhir get "Patient?name=ng&_count=5"
  parhelion fhir get Patient/66
  parhelion fhir get metadata
`;

/** The sentences of an OperationOutcome. */
function problemsOf(body: unknown): string | undefined {
  const { issue } = Object(body) as { issue?: unknown };
  if (!Array.isArray(issue)) return undefined;
  const sentences = issue.flatMap((each) => {
    const { diagnostics, details } = Object(each) as { diagnostics?: unknown; details?: unknown };
    const { text } = Object(details) as { text?: unknown };
    const said = [text, diagnostics].filter((one) => typeof one === 'string' && one !== '');
    return said.length === 0 ? [] : [[...new Set(said)].join(': ')];
  });
  return sentences.length === 0 ? undefined : sentences.join('\n');
}

async function get(io: CliIo, request: string, options: GetOptions): Promise<void> {
  const { baseUrl, key, siteId } = await findQuerySettings(io, options);
  const headers = { 'ocp-apim-subscription-key': key, accept: 'application/fhir+json' };
  const client = createGatewayClient({
    baseUrl,
    headers,
    timeoutMs: TIMEOUT_MS,
    signal: io.signal,
  });
  const below = request.replace(/^\/+/, '');
  const path = `/integrator/sites/${encodeURIComponent(siteId)}/fhir/R4/${below}`;
  const answer = await client.send('GET', path);
  if (!isSuccess(answer)) {
    throw failure(problemsOf(answer.body) ?? `The gateway answered HTTP ${answer.status}.`);
  }
  const text = JSON.stringify(answer.body, undefined, options.json ? undefined : 2);
  io.stdout(`${io.isTty ? escapeText(text) : text}\n`);
}

export function addFhirGet(fhir: Command, io: CliIo): void {
  const command = fhir
    .command('get')
    .description('Read or search resources of a site and print the answer.')
    .argument('<request>', 'what follows the FHIR base')
    .option('--json', 'print it on one line')
    .addHelpText('after', EXAMPLES)
    .action((request: string, options: GetOptions) => get(io, request, options));
  addIntegratorOptions(command);
}
