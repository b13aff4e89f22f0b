/**
 * A resource that works during a deployment needs all permissions of its role from the start. CloudFormation creates
 * resources in parallel unless one refers to the other or names it in DependsOn. A user of a role does neither with the
 * policies that are attached to the role separately.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html
 */
import { describe, expect, it } from 'vitest';
import {
  customSettings,
  externalIssuer,
  type SynthesizedResource,
  synthesize,
  withMessages,
} from './synthesized-stack.ts';

type Resources = Readonly<Record<string, SynthesizedResource>>;

const policyTypes = new Set(['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy']);

/** The logical ids in the Ref, Fn::GetAtt and Fn::Sub expressions of a value. */
function referencesIn(value: unknown, known: Resources): string[] {
  const text = JSON.stringify(value ?? null);
  const names = [/"([^"]+)"/g, /\$\{([^}.]+)/g].flatMap((form) => [...text.matchAll(form)]);
  return [...new Set(names.map(([, name = '']) => name))].filter((id) => Object.hasOwn(known, id));
}

/** Everything that exists before the resource. */
function closureOf(id: string, all: Resources, found = new Set<string>()): Set<string> {
  for (const needed of referencesIn([all[id]?.Properties, all[id]?.DependsOn], all)) {
    if (found.has(needed)) continue;
    found.add(needed);
    closureOf(needed, all, found);
  }
  return found;
}

/** Role → the policies that are attached to it separately. */
function policiesByRole(all: Resources): Map<string, string[]> {
  const attached = new Map<string, string[]>();
  for (const [id, { Type, Properties }] of Object.entries(all)) {
    if (!policyTypes.has(Type)) continue;
    for (const role of referencesIn([Properties.Roles, Properties.RoleName], all)) {
      attached.set(role, [...(attached.get(role) ?? []), id]);
    }
  }
  return attached;
}

/** `<resource> without <policy>` for each resource that can use a role, directly or by a function, before one of its policies exists. */
function early(all: Resources): string[] {
  const attached = policiesByRole(all);
  return Object.entries(all)
    .filter(([, { Type }]) => !Type.startsWith('AWS::IAM::'))
    .flatMap(([id]) => {
      const before = closureOf(id, all);
      const needed = [...before].flatMap((role) => attached.get(role) ?? []);
      return needed.filter((policy) => !before.has(policy)).map((policy) => `${id} without ${policy}`);
    });
}

describe('a resource that works during a deployment', () => {
  it.each([
    ['by default', {}],
    ['with every other setting', customSettings],
    ['with messages to patients', withMessages],
    ['with an external issuer', externalIssuer],
  ])('waits for all permissions of its role, %s', (_, settings) => {
    expect(early(synthesize(settings).resources)).toEqual([]);
  });

  it('waits for all permissions of its role, with an entrance', () => {
    const entrance = { entrance: 'on', entranceWebhookSenders: '203.0.113.7' };
    expect(early(synthesize(entrance, 'us-east-1').resources)).toEqual([]);
  });

  it('includes the function that copies the files of the dashboard', () => {
    const { resources } = synthesize();
    const attached = policiesByRole(resources);
    const custom = Object.entries(resources).filter(([, { Properties }]) => Properties?.ServiceToken);
    expect(custom.map(([, { Type }]) => Type)).toEqual([
      'Custom::CDKBucketDeployment',
      'Custom::CDKBucketDeployment',
    ]);
    for (const [id] of custom) {
      const before = [...closureOf(id, resources)];
      expect(before.flatMap((role) => attached.get(role) ?? [])).not.toEqual([]);
    }
  });
});
