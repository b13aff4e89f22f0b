import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../lib/configuration/configuration-error.ts';
import { readDeployment } from '../../../lib/configuration/deployment.ts';
import type { StageSettings } from '../../../lib/configuration/stages.ts';
import { stages } from '../../../lib/configuration/stages.ts';

type Stages = Record<string, StageSettings>;

function errorFor(context: Record<string, unknown>, given: Stages): string {
  try {
    readDeployment(context, given);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  throw new Error('It was accepted.');
}

describe('a deployment', () => {
  const own: Stages = {
    dev: { account: '111122223333', region: 'eu-central-1', logRetentionDays: 14, removalPolicy: 'destroy' },
    prod: { operatorEmail: 'lab-ops@example.com' },
  };

  it('is that of the stage in the context, prod by default', () => {
    expect(readDeployment({}, own)).toMatchObject({
      configuration: { stage: 'prod', operatorEmail: 'lab-ops@example.com', logRetentionDays: 90 },
      env: {},
    });
    expect(readDeployment({ 'redraw-tracker:stage': 'dev' }, own)).toMatchObject({
      configuration: { stage: 'dev', logRetentionDays: 14, removalPolicy: 'destroy' },
      env: { account: '111122223333', region: 'eu-central-1' },
    });
  });

  it('has the settings of the context before those of the stage', () => {
    const context = { 'redraw-tracker:stage': 'dev', 'redraw-tracker:logRetentionDays': '30' };
    expect(readDeployment(context, own).configuration.logRetentionDays).toBe(30);
  });

  it('has dev, staging and prod to choose from', () => {
    expect(Object.keys(stages)).toEqual(['dev', 'staging', 'prod']);
    for (const stage of Object.keys(stages)) {
      expect(readDeployment({ 'redraw-tracker:stage': stage }).configuration.stage).toBe(stage);
    }
  });

  it.each<[string, Record<string, unknown>, Stages, string]>([
    ['an unknown stage', { 'redraw-tracker:stage': 'prdo' }, own, 'redraw-tracker:stage is "prdo". '],
    ['a stage that every object has', { 'redraw-tracker:stage': 'constructor' }, own, 'is "constructor"'],
    [
      'an account that is a number',
      {},
      { prod: { account: '12' } },
      'prod.account is "12". It must be the 12',
    ],
    ['a region that is a zone', {}, { prod: { region: 'us-east-1a' } }, 'prod.region is "us-east-1a".'],
    ['a fault of another stage', {}, { ...own, dev: { reviewHour: 24 } }, 'dev.reviewHour is 24.'],
    [
      'a misspelled setting',
      {},
      { prod: { colour: 'red' } as StageSettings },
      'prod.colour is an unknown key',
    ],
    ['a conflict', {}, { prod: { oidcIssuer: 'https://id.example.com' } }, 'without prod.oidcAudience'],
    ['an invalid name', {}, { ...own, Prod_1: {} }, 'Prod_1.stage is "Prod_1".'],
    ['a fault of the context', { 'redraw-tracker:reviewHour': 24 }, own, 'redraw-tracker:reviewHour is 24.'],
  ])('refuses %s', (_, context, given, message) => {
    expect(errorFor(context, given)).toContain(message);
  });

  it('refuses a host name that two stages would both take', () => {
    const domain = {
      dashboardDomain: 'redraws.example.com',
      dashboardCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1-2',
    };
    expect(errorFor({}, { dev: domain, prod: domain })).toContain(
      'prod.dashboardDomain is "redraws.example.com", which dev has too.',
    );
    const prefix = { tokenDomainPrefix: 'lab-orders' };
    expect(errorFor({}, { dev: prefix, prod: prefix })).toContain('prod.tokenDomainPrefix');
    const elsewhere = { dev: { ...prefix, region: 'us-west-2' }, prod: prefix };
    expect(readDeployment({}, elsewhere).configuration.tokenDomainPrefix).toBe('lab-orders');
  });
});
