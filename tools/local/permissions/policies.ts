import * as z from 'zod';
import { Problem } from '../../../lib/problems/problem.ts';
import type { Template } from '../template/template.ts';
import { matchesWildcard } from '../wildcard.ts';

/** A request of a role to a service. */
export interface AccessRequest {
  /** For example `dynamodb:GetItem`. */
  action: string;
  /** The ARN; `*` for an action without resources. */
  resource: string;
  /** The values of the condition keys that the request has. */
  context?: Readonly<Record<string, readonly string[]>>;
}

/** A statement of a policy. All statements allow something. */
export interface Statement {
  actions: string[];
  resources: string[];
  conditions: Condition[];
}

export interface Condition {
  operator: string;
  key: string;
  values: string[];
}

type Comparison = (given: readonly string[], values: readonly string[]) => boolean;

/**
 * An operator without a quantifier compares one value. `ForAllValues` holds for a request that does not have the key.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
const OPERATORS: Readonly<Record<string, Comparison>> = {
  StringEquals: ([given], values) => given !== undefined && values.includes(given),
  'ForAnyValue:StringEquals': (given, values) => given.some((value) => values.includes(value)),
  'ForAllValues:StringEquals': (given, values) => given.every((value) => values.includes(value)),
  'ForAllValues:StringLike': (given, values) =>
    given.every((value) => values.some((pattern) => matchesWildcard(pattern, value))),
};

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]);

/** Strict: with anything else, such as NotAction, a statement would mean something else. */
const statementSchema = z.strictObject({
  Effect: z.literal('Allow', 'the local run supports statements that allow'),
  Action: texts,
  Resource: texts,
  Condition: z.record(z.string(), z.record(z.string(), texts)).default({}),
});

const policySchema = z.object({
  Roles: z.array(z.string()),
  PolicyDocument: z.object({ Statement: z.array(statementSchema) }),
});

/**
 * The statements of the template's managed policies, by the name of the role.
 * @throws Problem for a policy that the local run does not support
 */
export function readPolicies(template: Template): Map<string, Statement[]> {
  const inline = template.resources('AWS::IAM::Policy')[0];
  if (inline)
    throw new Problem(`The local run supports managed policies, but ${inline} is an inline policy.`);
  const statements = new Map<string, Statement[]>();
  for (const id of template.resources('AWS::IAM::ManagedPolicy')) {
    const { Roles, PolicyDocument } = template.read(id, policySchema);
    const granted = PolicyDocument.Statement.map((statement) => readStatement(id, statement));
    for (const role of Roles) statements.set(role, [...(statements.get(role) ?? []), ...granted]);
  }
  return statements;
}

function readStatement(policy: string, given: z.output<typeof statementSchema>): Statement {
  const conditions = Object.entries(given.Condition).flatMap(([operator, keys]) => {
    if (!OPERATORS[operator]) {
      throw new Problem(
        `The policy ${policy} has a condition ${operator}, which the local run does not support.`,
      );
    }
    return Object.entries(keys).map(([key, values]) => ({ operator, key, values }));
  });
  return { actions: given.Action, resources: given.Resource, conditions };
}

/** Whether the statement allows the request. */
export function allows({ actions, resources, conditions }: Statement, request: AccessRequest): boolean {
  return (
    actions.some((pattern) => matchesWildcard(pattern, request.action)) &&
    resources.some((pattern) => matchesWildcard(pattern, request.resource)) &&
    conditions.every(({ operator, key, values }) =>
      OPERATORS[operator]?.(request.context?.[key] ?? [], values),
    )
  );
}
