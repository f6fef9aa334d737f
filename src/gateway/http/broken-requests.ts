import type { Socket } from 'node:net';
import { newId } from '../../lib/ids.ts';
import { errorEnvelope } from './error-answers.ts';
import { isBelowFhir } from './fhir/fhir-address.ts';
import { FHIR_JSON, operationOutcome } from './fhir/operation-outcome.ts';

/** For the other side to read the last answer and close. */
const LAST_ANSWER_MS = 1_000;

/** What Node tells of a request that its parser gave up. */
interface ParserError extends Error {
  readonly code?: string;
  /** The bytes at which it did: those of the first packet begin with the request line. */
  readonly rawPacket?: unknown;
}

const INVALID = { code: 'invalidRequest', message: 'The request is not valid HTTP.' } as const;
const TOO_LONG =
  'Address and header fields are longer than 16 KiB together. Send a long search by POST to [type]/_search.';

/** The address that a request began with, as far as it can be seen. */
function addressOf({ rawPacket }: ParserError): { url?: string | undefined } {
  const begin = Buffer.isBuffer(rawPacket) ? rawPacket.toString('latin1', 0, 512) : '';
  return { url: /^[!-~]+ (\S+)/.exec(begin)?.[1] };
}

function problemOf({ code }: ParserError) {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return {
        line: '431 Request Header Fields Too Large',
        status: 431,
        told: { code: 'tooManyHeaders', message: TOO_LONG } as const,
      };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { line: '408 Request Timeout', status: 408, told: INVALID };
    default:
      return { line: '400 Bad Request', status: 400, told: INVALID };
  }
}

/** What cannot be parsed as HTTP at all still gets the envelope, or FHIR's own form of an error below a FHIR base. */
export function answerBrokenRequest(fixedHeaders: Readonly<Record<string, string>>) {
  return (error: ParserError, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const { line, status, told } = problemOf(error);
    const isFhir = isBelowFhir(addressOf(error));
    const answer = isFhir ? operationOutcome(told) : errorEnvelope(status, told.message);
    const body = JSON.stringify(answer);
    socket.end(
      [
        `HTTP/1.1 ${line}`,
        `X-Request-Id: ${newId()}`,
        ...Object.entries(fixedHeaders).map(([name, value]) => `${name}: ${value}`),
        `Content-Type: ${isFhir ? FHIR_JSON : 'application/json; charset=utf-8'}`,
        `Content-Length: ${Buffer.byteLength(body)}`,
        'Connection: close',
        '',
        body,
      ].join('\r\n'),
    );
    setTimeout(() => socket.destroy(), LAST_ANSWER_MS).unref();
  };
}
