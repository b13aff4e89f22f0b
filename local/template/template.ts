import * as z from 'zod';
import { Problem } from '../problem.ts';
import { readAssembly, type StackFiles } from './assembly.ts';
import { resolver } from './intrinsics.ts';
import { attributeOf, nameIn, refOf } from './resource-names.ts';

const resourceSchema = z.object({
  Type: z.string(),
  Condition: z.string().optional(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});

const templateSchema = z.object({
  Parameters: z
    .record(z.string(), z.object({ Type: z.string(), Default: z.unknown().optional() }))
    .default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Mappings: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(z.string(), resourceSchema),
});

export interface Template {
  /** Logical ids of the resources of these types whose condition holds, in the template's order. */
  resources(...types: string[]): string[];
  typeOf(logicalId: string): string;
  /** Resolves those properties that the schema names, and parses them with it. */
  read<S extends z.ZodObject>(logicalId: string, schema: S): z.output<S>;
  /** What the resource is called on this machine. */
  nameOf(logicalId: string): string;
  /** Folder of the asset that is deployed under this S3 key. */
  asset(objectKey: string): string | undefined;
}

const physicalNameProperty: Record<string, string> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Rule': 'Name',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::Cognito::UserPoolClient': 'ClientName',
  'AWS::Cognito::UserPoolResourceServer': 'Identifier',
};

/** Loads the one stack of the assembly that has functions. */
export function loadTemplate(assemblyFolder: string): Template {
  const stacks = readAssembly(assemblyFolder).filter((stack) => hasFunctions(stack.template));
  const [stack] = stacks;
  if (!stack || stacks.length > 1) {
    const names = stacks.map(({ name }) => name).join(', ') || 'none';
    throw new Problem(`The local run takes an app with one stack of functions; this one has: ${names}.`);
  }
  return openTemplate(stack);
}

export function openTemplate({ template, assets }: Pick<StackFiles, 'template' | 'assets'>): Template {
  const { Parameters, Conditions, Mappings, Resources } = templateSchema.parse(template);
  const parameters = new Map(
    Object.entries(Parameters)
      // The default of an SSM parameter is the name it has there, not its value.
      .filter(([, { Type, Default }]) => Default !== undefined && !Type.startsWith('AWS::SSM::'))
      .map(([name, { Default }]) => [name, String(Default)]),
  );
  const { resolve, holds } = resolver({
    parameters,
    conditions: Conditions,
    mappings: Mappings,
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
    // An alias or a version is another name of its function.
    if (Type === 'AWS::Lambda::Alias' || Type === 'AWS::Lambda::Version') {
      return nameIn(String(resolve(Properties.FunctionName, `${logicalId}.FunctionName`)), 'function:');
    }
    const property = physicalNameProperty[Type];
    const given = property === undefined ? undefined : Properties[property];
    return given === undefined ? logicalId : String(resolve(given, `${logicalId}.${property}`));
  }

  return {
    resources: (...types) =>
      Object.entries(Resources)
        .filter(([, { Type }]) => types.includes(Type))
        .filter(([id, { Condition }]) => Condition === undefined || holds(Condition, id))
        .map(([id]) => id),
    typeOf: (logicalId) => resource(logicalId).Type,
    read(logicalId, schema) {
      const { Properties } = resource(logicalId);
      const wanted = Object.keys(schema.shape)
        .filter((key) => Properties[key] !== undefined)
        .map((key) => [key, resolve(Properties[key], `${logicalId}.${key}`)]);
      const parsed = schema.safeParse(Object.fromEntries(wanted));
      if (parsed.success) return parsed.data;
      throw new Problem(
        `The local run cannot read ${logicalId} of the template:\n${z.prettifyError(parsed.error)}`,
      );
    },
    nameOf,
    asset: (objectKey) => assets.get(objectKey),
  };
}

function hasFunctions(template: unknown): boolean {
  const parsed = templateSchema.safeParse(template);
  return (
    parsed.success &&
    Object.values(parsed.data.Resources).some(({ Type }) => Type === 'AWS::Lambda::Function')
  );
}
