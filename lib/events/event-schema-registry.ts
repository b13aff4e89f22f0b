import { CfnRegistry, CfnSchema } from 'aws-cdk-lib/aws-eventschemas';
import { Construct } from 'constructs';
import * as z from 'zod';
import { domainEvents, eventEnvelope } from '../../core/domain/events/domain-events.ts';
import { EVENT_SOURCE } from '../../core/events/source.ts';
import { type Configuration, serviceName } from '../configuration/configuration.ts';
import { version } from '../configuration/version.ts';

/** A registry of EventBridge with the schemas of the events, for code bindings and the console. */
export class EventSchemaRegistry extends Construct {
  constructor(scope: Construct, id: string, { configuration }: { readonly configuration: Configuration }) {
    super(scope, id);
    const registryName = serviceName(configuration);
    const registry = new CfnRegistry(this, 'Registry', {
      registryName,
      description: 'redraw-tracker: the schemas of its events',
    });
    const schema = new CfnSchema(this, 'Schema', {
      registryName,
      schemaName: `${EVENT_SOURCE}@Events`,
      type: 'OpenApi3',
      description: 'Events about order transactions and their redraws',
      content: JSON.stringify(openApi()),
    });
    schema.addResourceDependency(registry);
  }
}

type Json = Record<string, unknown>;

/**
 * One document for all events, because each schema would be a resource of the stack. `AWSEvent` is the event as EventBridge
 * delivers it: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema.html
 */
function openApi(): Json {
  const details = detailSchemas();
  const types = Object.keys(domainEvents);
  const refs = types.map((type) => ({ $ref: refTo(nameOf(type)) }));
  const mapping = Object.fromEntries(types.map((type) => [type, refTo(nameOf(type))]));
  const text = { type: 'string' };
  const properties = {
    version: text,
    id: text,
    'detail-type': { type: 'string', enum: types },
    source: { type: 'string', enum: [EVENT_SOURCE] },
    account: text,
    time: { type: 'string', format: 'date-time' },
    region: text,
    resources: { type: 'array', items: text },
    detail: { oneOf: refs, discriminator: { propertyName: 'type', mapping } },
  };
  const AWSEvent = { type: 'object', required: Object.keys(properties), properties };
  return {
    openapi: '3.0.0',
    info: { version, title: 'redraw-tracker events' },
    paths: {},
    components: { schemas: { AWSEvent, ...details } },
  };
}

/** The schemas of details, and those that they share. */
function detailSchemas(): Json {
  const registry = z.registry<{ id: string }>();
  const { redraw, next_step, lab_test, missing_results } = domainEvents['Transaction Completed'].shape;
  registry.add(redraw, { id: 'Redraw' });
  registry.add(next_step, { id: 'NextStep' });
  registry.add(lab_test, { id: 'LabTest' });
  registry.add(missing_results, { id: 'MissingResults' });
  for (const [type, schema] of Object.entries(domainEvents)) {
    registry.add(z.object({ ...schema.shape, ...eventEnvelope.shape }), { id: nameOf(type) });
  }
  const { schemas } = z.toJSONSchema(registry, { target: 'openapi-3.0', io: 'input', uri: refTo });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $id: _, $schema: __, ...schema }]) => [name, schema]),
  );
}

function refTo(name: string): string {
  return `#/components/schemas/${name}`;
}

function nameOf(type: string): string {
  return type.replaceAll(' ', '');
}
