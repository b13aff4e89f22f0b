import {
  quarantined,
  quarantineList,
  replayAnswer,
  replayResults,
} from '../../../core/api/quarantine/answer.ts';
import { examples } from '../examples.ts';
import { LISTED, type Operations } from './operation.ts';

export const quarantineOperations = {
  'GET /v1/quarantine': {
    tag: 'quarantine',
    summary: 'List quarantined webhooks, newest first',
    description: `Webhooks with a valid signature that could not be read. The list does not include their bodies, only the event type and the ids that can be read in them, and Svix's id of the delivery. \`state\` is \`waiting\`, \`replayed\` or \`dismissed\`; without it, all are listed. ${LISTED}`,
    answer: 'A page of quarantined webhooks.',
    content: quarantineList,
    example: examples.quarantineList,
  },
  'POST /v1/quarantine/{id}/replay': {
    tag: 'quarantine',
    summary: 'Replay a quarantined webhook',
    description: 'Processes the webhook as if it had just been delivered. Requests can be repeated safely.',
    answer: 'The outcome of the replay.',
    content: replayAnswer,
    example: examples.replay,
    problems: { 404: 'No webhook with this id is in quarantine. It may have expired.' },
  },
  'POST /v1/quarantine/replays': {
    tag: 'quarantine',
    summary: 'Replay the quarantined webhooks with one reason',
    description:
      'Replays up to 25 webhooks that wait with this `reason`, oldest first, each as `POST /v1/quarantine/{id}/replay` would. A failure of one does not stop the others. If `next_cursor` is not null, more may be left, even if `results` is empty: repeat the request with it as `cursor`. Requests can be repeated safely. The audit trail has an entry for each webhook.',
    answer: 'What came of each replay, also if none was understood.',
    content: replayResults,
    example: examples.replayResults,
    bodyExample: examples.replays,
  },
  'PUT /v1/quarantine/{id}/dismissal': {
    tag: 'quarantine',
    summary: 'Dismiss a quarantined webhook',
    description:
      'Takes a webhook that nobody needs off the waiting list and out of the alarm, with a note. It can still be listed and replayed until it expires. A replay that cannot read it leaves it dismissed. Repeating the request changes nothing. Without `by`, the name in the token is stored; if the token has a name, `by` must be that name. Do not put patient data into `note`.',
    answer: 'The webhook.',
    content: quarantined,
    example: examples.dismissedWebhook,
    bodyExample: examples.dismissal,
    problems: {
      403: 'The token does not have the required scope or does not identify the caller, or `by` is not a name of the person in the token.',
      404: 'No webhook with this id is in quarantine. It may have expired.',
      409: 'The webhook was replayed with success, or dismissed by another request. Nothing was changed.',
    },
  },
} satisfies Operations;
