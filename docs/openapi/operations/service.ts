import { summaryHistory } from '../../../core/api/history/answer.ts';
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
  'GET /openapi.json': {
    tag: 'service',
    summary: 'Get this document',
    answer: 'An OpenAPI 3.1 document.',
    content: { type: 'application/json', schema: { type: 'object' } },
  },
} satisfies Operations;
