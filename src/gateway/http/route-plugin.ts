import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';

/** A Fastify instance whose handlers are typed by their route's schemas. */
type TypedApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** A plugin of one operation: its schemas validate the request, type the handler and document the API. */
export function routePlugin(register: (app: TypedApp) => void) {
  return async (app: FastifyInstance): Promise<void> => {
    register(app.withTypeProvider<TypeBoxTypeProvider>());
  };
}
