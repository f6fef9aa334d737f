import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { unexpectedAnswer } from './ask-gateway.ts';
import { postSigned, type SignedRequestOptions } from './signed-request.ts';

const Pairings = Type.Object({
  requiresCode: Type.Boolean(),
  integrators: Type.Array(
    Type.Object({ id: Type.String(), name: Type.String(), pairedAt: Type.String() }),
  ),
});
/** Who is paired with the site, as the gateway knows it. */
export type Pairings = Static<typeof Pairings>;

const pairingsSchema = Compile(Pairings);

/** @throws ParhelionError when the gateway does not say it */
export async function listPairings(options: SignedRequestOptions): Promise<Pairings> {
  const answer = await postSigned('/link/pairings', 'pairings', {}, [], options);
  if (answer.status !== 200 || !pairingsSchema.Check(answer.body)) {
    throw unexpectedAnswer('the question', answer);
  }
  return answer.body;
}

/** Ends the pairing of an integrator. @throws ParhelionError when the gateway does not do it */
export async function unpair(integratorId: string, options: SignedRequestOptions): Promise<void> {
  const body = { integratorId };
  const answer = await postSigned('/link/unpair', 'unpair', body, [integratorId], options);
  if (answer.status === 404) {
    throw new ParhelionError('notFound', 'No integrator of this id is paired with the site.');
  }
  if (answer.status !== 204) throw unexpectedAnswer('the end of the pairing', answer);
}

/** Says whether pairing asks for a code. @throws ParhelionError when the gateway does not take it */
export async function requireCode(
  isRequired: boolean,
  options: SignedRequestOptions,
): Promise<void> {
  const parts = [isRequired ? 'on' : 'off'];
  const answer = await postSigned(
    '/link/require-code',
    'require-code',
    { isRequired },
    parts,
    options,
  );
  if (answer.status !== 204) throw unexpectedAnswer('the rule', answer);
}
