import { alarmList } from '../../../core/api/alarms/answer.ts';
import { summaryHistory } from '../../../core/api/history/answer.ts';
import { insights } from '../../../core/api/insights/answer.ts';
import { summary } from '../../../core/api/summary/answer.ts';
import { examples } from '../examples.ts';
import type { Operations } from './operation.ts';

export const serviceOperations = {
  'GET /v1/summary': {
    tag: 'service',
    summary: 'Get the number of transactions, and the age of the newest processed webhook',
    description:
      'The counts are exact. They come from counters, so the request takes the same time for any number of transactions.',
    answer: 'The counts by status, by outcome and by redraw state. Each group adds up to `total`.',
    content: summary,
    example: examples.summary,
  },
  'GET /v1/insights': {
    tag: 'service',
    summary: 'Get redraw rates, days per stage and how transactions closed, over months',
    description:
      'The months are those in which the transactions were created, in UTC: the current one and the five before unless `from` and `to` (`2026-11`) say otherwise, 24 at most. A transaction is counted when it closes or when its redraw becomes available, whichever is first. Every share comes with its numbers: redraws are counted of the transactions that were not cancelled before a redraw. Days are counted in whole hours and grouped, so medians and 90th percentiles are exact to a day for up to two weeks; a stage counts once its order is over and if both its ends have a time, which the draw of a walk-in order seldom has. `former` is the period of the same length before; of a month it is the month before. By `marker` and `failure_type`, `causes` says how many redraws each made necessary; one redraw can have several. By the others, `groups` has the figures of each. The answer takes the same time for any number of transactions.',
    answer:
      'The figures of the period and of the former one, and those of each group or cause, the largest first, months in order.',
    content: insights,
    example: examples.insights,
  },
  'GET /v1/summary/history': {
    tag: 'service',
    summary: 'Get the history of webhooks, open redraws and processing lag',
    description:
      'The data comes from CloudWatch metrics. It is one or two minutes old and is refreshed at most once a minute. Webhooks of all teams are counted. `times` holds the starts of periods of equal length, aligned in UTC; the last period is still running. Every other list holds one value per period, or null if nothing was measured. Redraws and lag are the maximum of the period; redraws are counted at the end of each sweep. The example covers 13 days.',
    answer:
      'At most 300 periods: of 5 minutes for 1 day, 15 minutes for up to 3 days, 1 hour for up to 12 days, and 6 hours for more.',
    content: summaryHistory,
    example: examples.history,
    problems: { 503: 'The metrics cannot be read. See `Retry-After`.' },
  },
  'GET /v1/alarms': {
    tag: 'service',
    summary: 'List the alarms of the deployment and their states',
    description:
      'The alarms that notify the operators, from CloudWatch, refreshed at most once a minute. `name` is the title of the section of the runbook, which several alarms can share; `meaning` tells them apart. `insufficient_data` means that CloudWatch has not had enough data to decide, not that all is well. `reason` is CloudWatch’s own and holds values and times; it is null for a state that somebody set by hand. Alarms that are in another region than the API are not listed: those on CloudFront, unless the API is in us-east-1.',
    answer:
      'The alarms: first those that are on, then those without enough data, then the others, each by name.',
    content: alarmList,
    example: examples.alarms,
    problems: { 503: 'The alarms cannot be read. See `Retry-After`.' },
  },
  'GET /openapi.json': {
    tag: 'service',
    summary: 'Get this document',
    answer: 'An OpenAPI 3.1 document.',
    content: { type: 'application/json', schema: { type: 'object' } },
  },
} satisfies Operations;
