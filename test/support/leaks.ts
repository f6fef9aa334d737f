import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { plantedIn } from './canaries.ts';

const METRICS_LIMIT_MS = 2_000;

/** Whether what a program says is read by others than its owner: the logs of gateways and links. */
function isWatched(args: readonly string[]): boolean {
  return args[0] === 'gateway' || args[0] === 'dev' || (args[0] === 'link' && args[1] === 'run');
}

/** `dev` shows the keys of its demo to the person who started it; its log is in lines of JSON. */
function logOf(args: readonly string[], output: string): string {
  if (args[0] !== 'dev') return output;
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .join('\n');
}

/** @throws Error that names what a gateway or link has said and must not say */
export function requireNoLeaks(args: readonly string[], output: string): void {
  if (!isWatched(args)) return;
  const leaked = plantedIn(logOf(args, output));
  if (leaked.length > 0) {
    throw new Error(
      `parhelion ${args.join(' ')} has said what nobody may read: ${leaked.join(', ')}`,
    );
  }
}

/** The metrics of a running gateway; empty when there are none to be had. */
export async function metricsOf(args: readonly string[], output: string): Promise<string> {
  const url = /"url":"(https?:[^"]+)"/.exec(output)?.[1];
  if (args[0] !== 'gateway' || url === undefined) return '';
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  return await new Promise((resolve) => {
    const call = send(
      `${url}/metrics`,
      // Whose certificate it is does not matter here.
      { agent: false, rejectUnauthorized: false, timeout: METRICS_LIMIT_MS },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('close', () => resolve(text));
      },
    );
    call.on('timeout', () => call.destroy());
    call.on('error', () => resolve(''));
    call.end();
  });
}
