import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ParhelionError } from '../../../errors/parhelion-error.ts';
import type { GatewayContext } from '../../context.ts';
import { IntegratorSettings, type SettingsChange } from '../../integrators/index.ts';
import { noteAlong } from '../audit-note.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';
import { IntegratorParams } from '../schemas/integrator.ts';

const shared = {
  tags: ['Operator'],
  security: [{ adminKey: [] }],
  params: IntegratorParams,
  response: {
    200: IntegratorSettings,
    ...errorResponses('invalidRequest', 'adminKeyRequired', 'adminDisabled', 'notFound'),
  },
};

const replaceSchema = {
  ...shared,
  operationId: 'replaceIntegratorSettings',
  summary: 'Replace the settings of an integrator',
  description: "What is left out follows the gateway's configuration. It holds within two seconds.",
  body: IntegratorSettings,
};

const nullable = Object.fromEntries(
  Object.entries(IntegratorSettings.properties).map(([name, schema]) => [
    name,
    Type.Optional(Type.Union([schema, Type.Null()])),
  ]),
);

const changeSchema = {
  ...shared,
  operationId: 'changeIntegratorSettings',
  summary: 'Change some settings of an integrator',
  description: 'Settings that are not named stay; `null` takes one back.',
  body: Type.Object(nullable, { additionalProperties: false }),
};

/** The settings with those of the change; null removes. */
function merge(settings: IntegratorSettings, change: object): object {
  const merged = Object.entries({ ...settings, ...change });
  return Object.fromEntries(merged.filter(([, value]) => value !== null));
}

const namesOfChanged = (before: IntegratorSettings, after: IntegratorSettings) =>
  (Object.keys(IntegratorSettings.properties) as (keyof IntegratorSettings)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );

export const integratorSettings = (context: GatewayContext) =>
  routePlugin((app) => {
    const path = '/integrators/:integratorId/settings';
    const change = async (
      request: FastifyRequest,
      integratorId: string,
      to: (now: IntegratorSettings) => object,
    ) => {
      const settings = await context.integrators.changeSettings(
        integratorId,
        to,
        noteAlong(context, request, ({ before, after }: SettingsChange) => ({
          fields: namesOfChanged(before, after),
        })),
      );
      if (!settings) throw new ParhelionError('notFound');
      return settings;
    };
    app.put(path, { schema: replaceSchema }, (request) =>
      change(request, request.params.integratorId, () => request.body),
    );
    app.patch(path, { schema: changeSchema }, (request) =>
      change(request, request.params.integratorId, (settings) => merge(settings, request.body)),
    );
  });
