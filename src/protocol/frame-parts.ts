import { type TSchema, Type } from 'typebox';

/** A frame schema: its type, and its members. */
export const frame = <T extends string, P extends Record<string, TSchema>>(
  type: T,
  properties: P,
) => Type.Object({ type: Type.Literal(type), ...properties });

/** A duration in whole milliseconds. */
export const Milliseconds = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** A number of things or bytes. */
export const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** A UUID in lower case. */
export const Uuid = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
});

/** Names a stream of the data socket; unique within the session. */
export const StreamId = Type.Integer({ minimum: 1, maximum: 0xffff_ffff });
