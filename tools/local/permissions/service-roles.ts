import * as z from 'zod';
import { Problem } from '../../../lib/problems/problem.ts';
import { type FunctionDefinition, functionNamed } from '../runtime/function-definition.ts';
import { attributeOf, roleIn } from '../template/resource-names.ts';
import type { Template } from '../template/template.ts';
import { AccessDenied, type Permissions } from './permissions.ts';
import type { AccessRequest } from './policies.ts';

/** What a service does with a role of the template. */
interface Task {
  /** The resource in the template that configures the task. */
  source: string;
  role: string;
  requests: AccessRequest[];
}

const onFailure = z.object({ OnFailure: z.object({ Destination: z.string() }) });

const functionSchema = z.object({ LoggingConfig: z.object({ LogGroup: z.string() }).optional() });
const mappingSchema = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  DestinationConfig: onFailure,
});
const invokeSchema = z.object({ FunctionName: z.string(), DestinationConfig: onFailure.optional() });
const targetSchema = z.object({
  Arn: z.string(),
  RoleArn: z.string().optional(),
  DeadLetterConfig: z.object({ Arn: z.string() }).optional(),
});
const scheduleSchema = z.object({ Target: targetSchema });
const ruleSchema = z.object({ Targets: z.array(targetSchema) });

/**
 * Checks that the template's roles allow services to do what the template configures. On AWS, some of these faults fail the
 * deployment, and others only show when a record or a log line is lost.
 * @throws Problem
 */
export function checkServiceRoles(
  template: Template,
  definitions: FunctionDefinition[],
  permissions: Permissions,
): void {
  const tasks = [
    ...logging(template, definitions),
    ...streaming(template, definitions),
    ...discarding(template, definitions),
    ...scheduling(template),
    ...delivering(template),
  ];
  for (const { source, role, requests } of tasks) {
    try {
      permissions.authorizeRole(role, requests);
    } catch (error) {
      if (!(error instanceof AccessDenied)) throw error;
      throw new Problem(`The role of ${source} is not sufficient. ${error.message}.`);
    }
  }
}

/** Lambda writes the log of a function. */
function logging(template: Template, definitions: readonly FunctionDefinition[]): Task[] {
  return definitions.flatMap(({ logicalId: source, role }) => {
    const { LoggingConfig } = template.read(source, functionSchema);
    if (role === undefined || !LoggingConfig) return [];
    const resource = attributeOf('AWS::Logs::LogGroup', LoggingConfig.LogGroup, 'Arn') ?? '';
    return [{ source, role, requests: asking(resource, 'logs:CreateLogStream', 'logs:PutLogEvents') }];
  });
}

/**
 * Lambda reads the stream for the function, and stores what it discards. The actions are those that AWS names:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/iam-policy-example-lamda-process-dynamodb-streams.html
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
function streaming(template: Template, definitions: FunctionDefinition[]): Task[] {
  const reading = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
  return template.resources('AWS::Lambda::EventSourceMapping').flatMap((source) => {
    const { EventSourceArn, FunctionName, DestinationConfig } = template.read(source, mappingSchema);
    const { role } = functionNamed(definitions, FunctionName);
    if (role === undefined) return [];
    const bucket = DestinationConfig.OnFailure.Destination;
    const context = { 's3:ResourceAccount': [ownAccount(EventSourceArn)] };
    const requests = [
      ...asking(EventSourceArn, ...reading.map((action) => `dynamodb:${action}`)),
      { action: 's3:ListBucket', resource: bucket, context },
      { action: 's3:PutObject', resource: `${bucket}/aws/lambda/id/shard/object`, context },
    ];
    return [{ source, role, requests }];
  });
}

/** Lambda sends asynchronous events that failed to a queue. */
function discarding(template: Template, definitions: FunctionDefinition[]): Task[] {
  return template.resources('AWS::Lambda::EventInvokeConfig').flatMap((source) => {
    const { FunctionName, DestinationConfig } = template.read(source, invokeSchema);
    const { role } = functionNamed(definitions, FunctionName);
    const queue = DestinationConfig?.OnFailure.Destination;
    return role === undefined || queue === undefined
      ? []
      : [{ source, role, requests: asking(queue, 'sqs:SendMessage') }];
  });
}

/** EventBridge Scheduler invokes functions. */
function scheduling(template: Template): Task[] {
  return template.resources('AWS::Scheduler::Schedule').flatMap((source) => {
    const { Arn, RoleArn, DeadLetterConfig } = template.read(source, scheduleSchema).Target;
    if (RoleArn === undefined) return [];
    const requests = [
      ...asking(Arn, 'lambda:InvokeFunction'),
      ...(DeadLetterConfig ? asking(DeadLetterConfig.Arn, 'sqs:SendMessage') : []),
    ];
    return [{ source, role: roleIn(RoleArn), requests }];
  });
}

/** EventBridge publishes events to topics. Its other targets have resource policies, and no role. */
function delivering(template: Template): Task[] {
  return template
    .resources('AWS::Events::Rule')
    .flatMap((source) =>
      template
        .read(source, ruleSchema)
        .Targets.flatMap(({ Arn, RoleArn }) =>
          RoleArn === undefined
            ? []
            : [{ source, role: roleIn(RoleArn), requests: asking(Arn, 'sns:Publish') }],
        ),
    );
}

const asking = (resource: string, ...actions: string[]): AccessRequest[] =>
  actions.map((action) => ({ action, resource }));

const ownAccount = (arn: string) => arn.split(':')[4] ?? '';
