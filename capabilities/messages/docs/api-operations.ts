import type { Operation } from '../../../docs/openapi/operations/operation.ts';
import { NO_TRANSACTION, NO_USER, NOT_THAT_PERSON } from '../../../docs/openapi/operations/problems.ts';
import { messageSettings, patientMessage, patientMessageList } from '../api/answer.ts';
import type { messageScopes } from '../api/scopes.ts';
import { messageExamples as examples } from './api-examples.ts';

const NAMED =
  'The identity in the token is stored with `by` as `caller`. If the token is that of a person, `by` must be the verified email address in it; otherwise the response is 403.';

export const messageOperations = {
  'GET /v1/transactions/{id}/messages': {
    id: 'listMessages',
    tag: 'messages',
    needs: 'messages',
    summary: 'List the messages to the patient about a transaction, oldest first',
    description: `A message that a check prevented has the state \`suppressed\` and a \`reason\`. \`unknown\` means that the message may or may not have been sent; it is not resent automatically. Neither texts nor addresses are stored.`,
    answer: 'The messages.',
    content: patientMessageList,
    example: examples.patientMessageList,
    problems: { 404: NO_TRANSACTION },
  },
  'POST /v1/transactions/{id}/messages': {
    id: 'sendMessage',
    tag: 'messages',
    needs: 'messages',
    summary: 'Send a message to the patient by hand',
    description: `The message is planned and sent within seconds or, at night, the next morning, unless a check prevents it: consent, opt-out, address, daily cap, and whether the message still applies. The list of messages shows its state. ${NAMED} Do not put patient data into \`why\`: it is stored and shown.`,
    answer: 'The planned message.',
    content: patientMessage,
    example: examples.patientMessage,
    bodyExample: examples.messageRequest,
    problems: {
      403: NOT_THAT_PERSON,
      404: NO_TRANSACTION,
      409: {
        description:
          'The channel is off, the message does not apply to the current state of the transaction, the same message is planned, or the same text is being sent or was sent within the last hour. Nothing was changed.',
        detail: 'The same message was sent within the last hour.',
      },
    },
  },
  'GET /v1/users/{user_id}/message-settings': {
    id: 'getMessageSettings',
    tag: 'messages',
    needs: 'messages',
    summary: 'Get the message settings of a user',
    description: `\`user_id\` is Junction’s user ID. \`by\` of an opt-out is null if the patient replied or the provider reported it.`,
    answer: 'Consent and opt-outs by channel.',
    content: messageSettings,
    example: examples.messageSettings,
    problems: { 404: NO_USER },
  },
  'PUT /v1/users/{user_id}/message-settings': {
    id: 'changeMessageSettings',
    tag: 'messages',
    needs: 'messages',
    summary: 'Record consent and opt-outs of a user',
    description: `A channel that you omit stays unchanged. \`opt_out: false\` withdraws an opt-out. A phone number that replied STOP must also reply START, because the provider keeps its own list. Repeating a request changes nothing. ${NAMED}`,
    answer: 'Consent and opt-outs by channel.',
    content: messageSettings,
    example: examples.messageSettings,
    bodyExample: examples.messageSettingsChange,
    problems: { 403: NOT_THAT_PERSON, 404: NO_USER },
  },
} satisfies Readonly<Record<keyof typeof messageScopes, Operation>>;
