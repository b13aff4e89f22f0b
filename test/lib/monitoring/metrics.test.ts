import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  messageOutcomeMetrics,
  redrawMetrics,
  refusalMetrics,
  storeMetrics,
} from '../../../core/telemetry/metric-names.ts';
import { counters } from '../../../lib/metrics/metrics.ts';
import { customSettings, synthesize } from '../synthesized-stack.ts';
import { alarmsOf } from './alarms/synthesized-alarms.ts';

/** The counters that are named by an outcome, and how the function names one. */
const byOutcome = [
  {
    names: ['applied', 'merged', 'superseded', 'duplicate', 'ignored', 'quarantined'],
    source: 'webhookMetrics[outcome]',
  },
  { names: Object.keys(messageOutcomeMetrics), source: 'messageOutcomeMetrics[counts]' },
];

function sourceOf(service: string): string {
  const folder = join(import.meta.dirname, '..', '..', '..', 'functions', service);
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
}

describe('alarms', () => {
  it('and the dashboard use metrics that the functions really count', () => {
    const counted = { ...counters, sweep: { ...counters.sweep, ...redrawMetrics } };
    for (const [service, names] of Object.entries(counted)) {
      const source = sourceOf(service);
      const isCounted = (name: string) =>
        source.includes(`Metrics.${name}`) ||
        byOutcome.some((outcomes) => outcomes.names.includes(name) && source.includes(outcomes.source));
      expect(Object.keys(names).filter((name) => !isCounted(name))).toEqual([]);
    }
    for (const { Namespace, MetricName, Dimensions } of alarmsOf(synthesize())) {
      if (Namespace !== 'RedrawTracker/prod') continue;
      // The access log counts some, and any function the others.
      const ofNone: readonly string[] = Object.values({ ...refusalMetrics, ...storeMetrics });
      expect(ofNone.includes(MetricName)).toBe(Dimensions === undefined);
      if (!Dimensions) continue;
      const [{ Name, Value }] = Dimensions;
      expect(Name).toBe('service');
      expect(Object.values(counters[Value as keyof typeof counters])).toContain(MetricName);
    }
  });

  it('do not mix two stages of one account', () => {
    const test = synthesize(customSettings);
    const namespaces = Object.values(test.ofType('AWS::CloudWatch::Alarm')).map(
      ({ Properties }) => Properties.Namespace,
    );
    expect(namespaces).toContain('RedrawTracker/test');
    expect(namespaces).not.toContain('RedrawTracker/prod');
    const { Environment } = test.functionNamed('webhook').resource.Properties;
    expect(Environment.Variables.METRICS_NAMESPACE).toBe('RedrawTracker/test');
  });
});
