/** The log group of the audit trail: who can write to it, what protects it, and for how long. */
import { describe, expect, it } from 'vitest';
import { customSettings, synthesize } from '../synthesized-stack.ts';

const stack = synthesize();
const WRITERS = ['export', 'load', 'quarantine', 'query', 'reconcile', 'results'];

const streams = stack.ofType('AWS::Logs::LogStream');
const [first] = Object.values(streams);
const logGroup: string = first?.Properties.LogGroupName.Ref;
const { Properties: trail, ...policies } = stack.resources[logGroup] as Any;

/** Every statement of every policy in the template. */
const statements = Object.values(stack.resources).flatMap(({ Properties }) => [
  ...(Properties?.PolicyDocument?.Statement ?? []),
  ...[Properties?.Policies ?? []].flat().flatMap((policy: Any) => policy.PolicyDocument?.Statement ?? []),
]);
// biome-ignore lint/suspicious/noExplicitAny: a template has no types
type Any = any;

describe('the audit trail', () => {
  it('has a key of its own, which encrypts nothing else', () => {
    const key = JSON.stringify(trail.KmsKeyId);
    const under = Object.values(stack.resources).filter(({ Properties }) =>
      JSON.stringify(Properties ?? {}).includes(key),
    );
    expect(under.map(({ Type }) => Type)).toEqual(['AWS::Logs::LogGroup']);
    expect(stack.resources[trail.KmsKeyId['Fn::GetAtt'][0]]?.Properties.EnableKeyRotation).toBe(true);
  });

  it('is kept for six years, protected from deletion, also when the stack is removed', () => {
    expect(trail).toMatchObject({ RetentionInDays: 2192, DeletionProtectionEnabled: true });
    expect(policies).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    for (const stream of Object.values(streams)) expect(stream.DeletionPolicy).toBe('Retain');
  });

  it('is completed by the access log, which has what API Gateway refuses, for as long', () => {
    const { DestinationArn } = stack.only('AWS::ApiGatewayV2::Stage').Properties.AccessLogSettings;
    const accessLog = stack.resources[JSON.stringify(DestinationArn).match(/"(\w*AccessLog\w*)"/)?.[1] ?? ''];
    expect(accessLog?.Properties.RetentionInDays).toBe(2192);
  });

  it('is kept for as many years as configured', () => {
    expect(synthesize(customSettings).resources[logGroup]?.Properties).toMatchObject({
      RetentionInDays: 3653,
      DeletionProtectionEnabled: false,
    });
  });

  it('takes entries from the functions that show or change what is audited, each in a stream of its own', () => {
    const variables = WRITERS.map(
      (name) => stack.functionNamed(name).resource.Properties.Environment.Variables,
    );
    expect(variables.map((all) => all.AUDIT_LOG_GROUP)).toEqual(WRITERS.map(() => ({ Ref: logGroup })));
    const named = variables.map((all) => all.AUDIT_LOG_STREAM.Ref);
    expect(named.sort()).toEqual(Object.keys(streams).sort());
  });

  it('lets each of them add entries to its stream, and nobody do anything else with the trail', () => {
    const about = statements.filter(({ Action, Resource }) => {
      const isOfLogs = [Action].flat().some((action) => /^(logs:|\*)/.test(action));
      const text = JSON.stringify(Resource);
      return isOfLogs && (text.includes(logGroup) || /^"\*"$|log-group:\*/.test(text));
    });
    expect(about.map(({ Effect, Action }) => [Effect, Action])).toEqual(
      WRITERS.map(() => ['Allow', 'logs:PutLogEvents']),
    );
    const granted = about.map(({ Resource }) => JSON.stringify(Resource));
    for (const id of Object.keys(streams))
      expect(granted.filter((text) => text.includes(id))).toHaveLength(1);
    for (const text of granted) expect(text).toMatch(/:log-stream:/);
  });
});
