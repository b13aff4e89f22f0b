import { quarantineList, replayAnswer } from '../../../core/api/quarantine/answer.ts';
import { examples } from '../examples.ts';
import { LISTED, type Operations } from './operation.ts';

export const quarantineOperations = {
  'GET /v1/quarantine': {
    tag: 'quarantine',
    summary: 'List quarantined webhooks, newest first',
    description: `Webhooks with a valid signature that could not be read. The list does not include their bodies, only the event type and the ids that can be read in them, and Svix's id of the delivery. ${LISTED}`,
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
} satisfies Operations;
