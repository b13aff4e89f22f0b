import { describe, expect, it } from 'vitest';
import { logPattern, readMetricFilters } from '../../metrics/metric-filters.ts';
import { openTemplate } from '../../template/template.ts';

const filter = (LogGroupName: string, FilterPattern = '{ $.status = "429" }') => ({
  Type: 'AWS::Logs::MetricFilter',
  Properties: {
    LogGroupName,
    FilterPattern,
    MetricTransformations: [
      {
        MetricNamespace: 'Shop',
        MetricName: 'TooMany',
        MetricValue: '1',
        Dimensions: [{ Key: 'route', Value: '$.routeKey' }],
      },
    ],
  },
});

const read = (resource: object) =>
  readMetricFilters(openTemplate({ template: { Resources: { One: resource } }, assets: new Map() }), '/log');

describe('a metric filter of the access log', () => {
  it('counts the lines that match, by its dimensions', () => {
    const [count] = read(filter('/log'));
    const at = new Date('2026-03-10T12:00:00Z');
    expect(count?.('{"status":"429","routeKey":"GET /items"}', at)).toEqual([
      {
        namespace: 'Shop',
        name: 'TooMany',
        dimensions: { route: 'GET /items' },
        values: [1],
        at: at.getTime(),
      },
    ]);
    expect(count?.('{"status":"403","routeKey":"GET /items"}', at)).toEqual([]);
  });

  it('can join comparisons and use wildcards', () => {
    const matches = logPattern('{ ($.status = "4*") && ($.status != "429") }');
    const statuses = ['200', '404', '429', '500'].filter((status) => matches?.({ status }));
    expect(statuses).toEqual(['404']);
  });

  it('is refused for another log group or another kind of pattern', () => {
    expect(() => read(filter('/other'))).toThrow('filters of the access log only');
    expect(() => read(filter('/log', '{ $.latency > 100 }'))).toThrow('does not support the pattern of One');
  });
});
