import * as z from 'zod/mini';
import { alarmList } from '../../../core/api/alarms/answer.ts';
import { changes } from '../../../core/api/changes/answer.ts';
import { summaryHistory } from '../../../core/api/history/answer.ts';
import { insights } from '../../../core/api/insights/answer.ts';
import { junctionNotices } from '../../../core/api/junction-notices/answer.ts';
import { summary } from '../../../core/api/summary/answer.ts';
import { describe } from '../../../core/domain/describe.ts';
import { examples } from '../examples/examples.ts';
import type { Operations } from './operation.ts';

const openApi = z.looseObject({ openapi: z.string() });
DOCS: describe(openApi, {
  id: 'OpenApiDocument',
  description: 'An OpenAPI 3.1 document.',
  properties: { openapi: 'The version of the format.' },
});

export const serviceOperations = {
  'GET /v1/summary': {
    id: 'getSummary',
    tag: 'service',
    summary: 'Get the number of transactions, and the age of the newest processed webhook',
    description:
      'What needs a person is counted on the lists that show it. The totals come from counters, so they take the same time for any number of transactions. They can be a little behind, and `counted_at` says when they were last compared with all transactions.',
    answer: 'The counts by status, by outcome and by redraw state. Each group adds up to `total`.',
    content: summary,
    example: examples.summary,
  },
  'GET /v1/changes': {
    id: 'getChanges',
    tag: 'service',
    summary: 'Get tokens that tell whether anything has changed',
    description:
      'Ask it before you read a list again. If a token is the same as when you asked before your last reading, that reading is still right. `worklist` is about open redraws, decisions, stalled orders, critical results and match reviews, and their counts. `everything` is about these and all other data. Tokens have no other meaning. While something may be changing, and for up to half a minute afterwards, every answer has another token. What follows from the passing of time, such as that a redraw is overdue, changes no token, so read all data again every few minutes.',
    answer: 'The tokens.',
    content: changes,
    example: {
      worklist: '2026-03-09T08:00:00.000000Z',
      everything: '2b0f1c5e-7c53-4c8e-9d55-3f0f5a4b7d11',
    },
  },
  'GET /v1/junction/notices': {
    id: 'getJunctionNotices',
    tag: 'service',
    summary: 'Get the fields of Junction’s data that could not be read, and what Junction does not offer',
    description:
      'A field that cannot be read counts as absent, unless the state of an order follows from it; then the webhook is quarantined. `count` adds up webhooks and the answers that sweeps read, so one order can count several times. An optional question to Junction that keeps failing, while others are answered, is not asked for a day. Neither raises an alarm.',
    answer: 'The fields, the most recently seen first, and what Junction does not offer.',
    content: junctionNotices,
    example: examples.junctionNotices,
  },
  'GET /v1/insights': {
    id: 'getInsights',
    tag: 'service',
    summary: 'Get redraw rates, days per stage and how transactions closed, over months',
    description:
      'Months refer to the creation of the transactions, in UTC. By default, the period is the current month and the five months before it. To change it, set `from` and `to` (for example `2026-11`) to at most 24 months. A transaction is counted when it closes or when its redraw becomes available, whichever is first. Every share is returned with its numbers. Redraw rates are based on the transactions that were not cancelled before a redraw. Days are counted in whole hours and grouped, so medians and 90th percentiles are accurate to a day for up to two weeks. A stage counts once its order has ended, if both its start and its end have a time. For walk-in orders, the draw seldom has one. `former` is the preceding period of the same length; for a single month, it is the previous month. With `by` set to `marker` or `failure_type`, `causes` shows how many redraws each of them made necessary; one redraw can have several causes. With other values, `groups` has the figures of each group. The request takes the same time for any number of transactions.',
    answer:
      'The figures of the period and of the preceding period, and those of each group or cause. Groups are sorted by size, largest first, and months chronologically.',
    content: insights,
    example: examples.insights,
  },
  'GET /v1/summary/history': {
    id: 'getSummaryHistory',
    tag: 'service',
    summary: 'Get the history of webhooks, open redraws and processing lag',
    description:
      'The data comes from CloudWatch metrics. It is one or two minutes old and is refreshed at most once a minute. Webhooks of all teams are counted. `times` holds the starts of periods of equal length, aligned in UTC; the last period is still running. Every other list holds one value per period, or null if nothing was measured. Redraws and lag are the maximum of the period; redraws are counted at the end of each sweep. The example covers 13 days.',
    answer:
      'At most 300 periods: of 5 minutes for 1 day, 15 minutes for up to 3 days, 1 hour for up to 12 days, and 6 hours for more.',
    content: summaryHistory,
    example: examples.history,
    problems: {
      503: {
        description: 'The metrics cannot be read. See `Retry-After`.',
        detail: 'The metrics cannot be read. Try again later.',
        retryAfter: true,
      },
    },
  },
  'GET /v1/alarms': {
    id: 'listAlarms',
    tag: 'service',
    summary: 'List the alarms of the deployment and their states',
    description:
      'Lists the alarms that notify the operators. The data comes from CloudWatch and is refreshed at most once a minute. `name` is the title of the runbook section. Several alarms can share a section; `meaning` distinguishes them. `insufficient_data` means that CloudWatch does not have enough data to decide, not that everything is fine. `reason` is CloudWatch’s reason, with values and times. It is null if someone set the state by hand. Alarms in other regions than the API are not listed. This concerns the alarms on CloudFront, unless the API is in us-east-1.',
    answer:
      'The alarms: first those in the state `alarm`, then those without enough data, then the others. Each group is sorted by name.',
    content: alarmList,
    example: examples.alarms,
    problems: {
      503: {
        description: 'The alarms cannot be read. See `Retry-After`.',
        detail: 'The alarms cannot be read. Try again later.',
        retryAfter: true,
      },
    },
  },
  'GET /openapi.json': {
    id: 'getOpenApi',
    tag: 'service',
    summary: 'Get this document',
    description:
      'Gets this document with the addresses of the deployment. Routes that not every deployment has say so, and have `x-needs`.',
    answer: 'An OpenAPI 3.1 document.',
    content: openApi,
  },
} satisfies Operations;
