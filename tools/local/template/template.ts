import * as z from 'zod';
import { Problem } from '../../../lib/problems/problem.ts';
import { readAssembly, type StackFiles } from './assembly.ts';
import { resolver } from './intrinsics.ts';
import { linkStacks } from './linked-stacks.ts';
import { attributeOf, refOf } from './resource-names.ts';

const resourceSchema = z.object({
  Type: z.string(),
  Condition: z.string().optional(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});

const templateSchema = z.object({
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown() })).default({}),
});

export interface Template {
  /** Logical ids of the resources of a type, in the template's order. */
  resources(type: string): string[];
  /**
   * Resolves and parses the properties that the schema names.
   * @throws Problem if the local run does not support them
   */
  read<S extends z.ZodObject>(logicalId: string, schema: S): z.output<S>;
  /** The properties as the template has them, with references. */
  properties(logicalId: string): Readonly<Record<string, unknown>>;
  /** The physical name on this machine. */
  nameOf(logicalId: string): string;
  /** The values of the stack's outputs on this machine, without those that have none here. */
  outputs(): Record<string, string>;
  /** Folder of the asset with this S3 key. */
  asset(objectKey: string): string | undefined;
}

/** A property that changes the behavior of a resource and is refused, because the template does not need it. */
export const unsupported = z.undefined('unsupported property').optional();

/** The property that sets the physical name. Without it the logical id is the name. */
const physicalNameProperty: Record<string, string> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SES::ConfigurationSet': 'Name',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Rule': 'Name',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::Cognito::UserPoolClient': 'ClientName',
  'AWS::Cognito::UserPoolResourceServer': 'Identifier',
};

/** Loads all stacks of an assembly as one template. */
export function loadTemplate(assemblyFolder: string): Template {
  const stacks = readAssembly(assemblyFolder);
  return openTemplate({
    template: linkStacks(stacks),
    assets: new Map(stacks.flatMap(({ assets }) => [...assets])),
  });
}

export function openTemplate({ template, assets }: Pick<StackFiles, 'template' | 'assets'>): Template {
  const { Resources, Outputs } = templateSchema.parse(template);
  const resolve = resolver({
    ref: (id) => (Resources[id] ? refOf(Resources[id].Type, nameOf(id)) : undefined),
    attribute: (id, name) => (Resources[id] ? attributeOf(Resources[id].Type, nameOf(id), name) : undefined),
  });

  function resource(logicalId: string) {
    const found = Resources[logicalId];
    if (!found) throw new Problem(`The template refers to ${logicalId}, which it does not have.`);
    return found;
  }

  function nameOf(logicalId: string): string {
    const { Type, Properties } = resource(logicalId);
    const property = physicalNameProperty[Type];
    const given = property === undefined ? undefined : Properties[property];
    return given === undefined ? logicalId : String(resolve(given, `${logicalId}.${property}`));
  }

  function output(name: string, value: unknown): [string, string][] {
    try {
      return [[name, String(resolve(value, name))]];
    } catch (error) {
      if (error instanceof Problem) return [];
      throw error;
    }
  }

  return {
    resources: (type) =>
      Object.entries(Resources)
        .filter(([, resource]) => resource.Type === type)
        .map(([id, { Condition }]) => {
          if (Condition === undefined) return id;
          throw new Problem(`The resource ${id} has a condition, which the local run does not support.`);
        }),
    read(logicalId, schema) {
      const { Properties } = resource(logicalId);
      const wanted = Object.keys(schema.shape)
        .filter((key) => Properties[key] !== undefined)
        .map((key) => [key, resolve(Properties[key], `${logicalId}.${key}`)]);
      const parsed = schema.safeParse(Object.fromEntries(wanted));
      if (parsed.success) return parsed.data;
      const reasons = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      throw new Problem(
        `The local run does not support ${logicalId} of the template (${reasons.join('; ')}).`,
      );
    },
    properties: (logicalId) => resource(logicalId).Properties,
    nameOf,
    outputs: () =>
      Object.fromEntries(Object.entries(Outputs).flatMap(([name, { Value }]) => output(name, Value))),
    asset: (objectKey) => assets.get(objectKey),
  };
}
