import {
  quarantined,
  quarantineList,
  replayAnswer,
  replayResults,
} from '../../../core/api/quarantine/answer.ts';
import { examples } from '../examples/examples.ts';
import type { Operations } from './operation.ts';
import { NO_WEBHOOK, NOT_THAT_PERSON } from './problems.ts';

export const quarantineOperations = {
  'GET /v1/quarantine': {
    id: 'listQuarantine',
    tag: 'quarantine',
    summary: 'List quarantined webhooks, newest first',
    description: `Lists webhooks with a valid signature that could not be parsed. The list does not include their bodies, only the event type, the IDs that can be read from them, and Svix's delivery ID. \`state\` is \`waiting\`, \`replayed\` or \`dismissed\`. By default, all webhooks are listed.`,
    answer: 'A page of quarantined webhooks.',
    content: quarantineList,
    example: examples.quarantineList,
  },
  'POST /v1/quarantine/{id}/replay': {
    id: 'replayWebhook',
    tag: 'quarantine',
    summary: 'Replay a quarantined webhook',
    description: 'Processes the webhook as if it had just been delivered. You can repeat a request safely.',
    answer: 'The outcome of the replay.',
    content: replayAnswer,
    example: examples.replay,
    problems: { 404: NO_WEBHOOK },
  },
  'POST /v1/quarantine/replays': {
    id: 'replayWebhooks',
    tag: 'quarantine',
    summary: 'Replay quarantined webhooks with the same reason',
    description:
      'Replays up to 25 waiting webhooks with this `reason`, oldest first, each as `POST /v1/quarantine/{id}/replay` does. If one replay fails, the others are still processed. If `next_cursor` is not null, there may be more webhooks, even if `results` is empty: repeat the request with this value as `cursor`. You can repeat a request safely. The audit trail has one entry for each webhook.',
    answer: 'The outcome of each replay, even if no webhook could be parsed.',
    content: replayResults,
    example: examples.replayResults,
    bodyExample: examples.replays,
  },
  'PUT /v1/quarantine/{id}/dismissal': {
    id: 'dismissWebhook',
    tag: 'quarantine',
    summary: 'Dismiss a quarantined webhook',
    description:
      'Dismisses a webhook that nobody needs, with a note. The webhook no longer counts as waiting or for the alarm. You can list and replay it until it expires. If a replay cannot parse it, it stays dismissed. Repeating the request changes nothing. Without `by`, the verified email address of the person in the token, or the ID of the program, is stored. If the token is that of a person, `by` must be the verified email address in it. Do not put patient data into `note`.',
    answer: 'The webhook.',
    content: quarantined,
    example: examples.dismissedWebhook,
    bodyExample: examples.dismissal,
    problems: {
      403: NOT_THAT_PERSON,
      404: NO_WEBHOOK,
      409: {
        description:
          'The webhook was already replayed successfully, or dismissed by another request. Nothing was changed.',
        detail:
          'The webhook was replayed at 2026-03-09T08:00:00.000000Z with the outcome applied, so there is nothing to dismiss.',
      },
    },
  },
} satisfies Operations;
