import { Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, HIPAASecurityChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import {
  buildApp,
  customSettings,
  externalIssuer,
  type SynthesizedStack,
  synthesize,
  withMessages,
  withOwnerMails,
} from './synthesized-stack.ts';

function findings({ app, stacks }: SynthesizedStack): string[] {
  return [new AwsSolutionsChecks(app), new HIPAASecurityChecks(app)].flatMap((pack) =>
    stacks.flatMap((stack) => pack.validateScope(stack).violations.map(({ ruleName }) => ruleName)),
  );
}

describe('the rule packs AwsSolutions and HIPAA', () => {
  it.each([
    ['with the default configuration', {}],
    ['with an external issuer', externalIssuer],
    ['without a dashboard', { dashboard: 'off' }],
    ['with every other setting', customSettings],
    ['with every optional part', { ...withMessages, ...withOwnerMails, ordering: 'on' }],
  ])('find nothing without a reason, %s', (_, settings) => {
    expect(findings(synthesize(settings))).toEqual([]);
  });

  it('find nothing without a reason, in any region and in the additional stacks', () => {
    expect(findings(synthesize({}, 'us-east-1'))).toEqual([]);
    const entrance = { entrance: 'on', entranceWebhookSenders: '203.0.113.7' };
    const far = synthesize({ ...entrance, cloudFrontAccessLog: 'on', cloudFrontAlarm: 'on' }, 'eu-central-1');
    expect(findings(far)).toEqual([]);
    for (const name of ['access-log', 'web-acl', 'edge-alarms']) {
      expect(findings(far.beside(`redraw-tracker-prod-${name}-eu-central-1`))).toEqual([]);
    }
  });

  it('stop the synthesis for a finding without a reason', () => {
    const { app, stack } = buildApp();
    new Bucket(stack, 'Careless');
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    expect(() => app.synth()).toThrow(/AwsSolutions-S10/);
  });

  it('have a written reason for each finding', () => {
    const { app } = synthesize();
    const reasons = app.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .map(({ data }) => JSON.stringify(data));
    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of reasons) expect(reason.length).toBeGreaterThan(60);
  });
});
