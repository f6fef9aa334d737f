import type { Answer } from './answers.ts';
import type { Login, NtlmAnswer } from './login.ts';
import type { PeerRequest } from './requests.ts';

/** The session that a request came from. */
export interface RequestContext {
  /** The database of its login. */
  readonly database: string;
  /** The same object for all requests of a session. */
  readonly session: object;
  /** Aborts when the session is over. */
  readonly ended: AbortSignal;
  /** Aborts when the client stops the request, or is gone. */
  readonly attention: AbortSignal;
}

export interface TdsPeerOptions {
  /**
   * Answers what the client asks; undefined is an error that says so, or the plain success of a request of the
   * transaction manager. Such a request succeeds unless the answer says otherwise.
   */
  readonly handler?: (request: PeerRequest, context: RequestContext) => Answer | undefined;
  /** Default `link`. */
  readonly user?: string;
  /** Default `secret`. */
  readonly password?: string;
  /** Databases that a login may name; default `Practice`. */
  readonly databases?: readonly string[];
  /** Default `off`: the server cannot encrypt. */
  readonly encryption?: 'off' | 'on' | 'required';
  /** Says nothing any more from there on. */
  readonly silentAt?: 'prelogin' | 'login' | 'reset';
  /** Size of the packets of answers; default what the client asks for. */
  readonly packetBytes?: number;
  /** Sends answers in pieces of this many bytes. */
  readonly splitBytes?: number;
}

/** What the peer has seen. */
export interface PeerRecord {
  readonly logins: Login[];
  readonly ntlmAnswers: NtlmAnswer[];
  readonly requests: PeerRequest[];
  /** The transaction of each request, by its descriptor; 0 is none. */
  readonly descriptors: bigint[];
  attentions: number;
  resets: number;
}
