import { NO_TRANSACTION, type Operation } from '../../../docs/openapi/operations/operation.ts';
import { messageSettings, patientMessage, patientMessageList } from '../api/answer.ts';
import type { messageScopes } from '../api/scopes.ts';
import { messageExamples as examples } from './api-examples.ts';

const SWITCHED_ON = 'This route exists only if messages to patients are switched on.';
const NAMED =
  'The identity in the token is stored with `by` as `caller`. If the token is that of a person, `by` must be the verified email address in it; otherwise the response is 403.';
const NOT_THAT_PERSON =
  'The token does not have the required scope or does not identify the caller, or is that of a person and has no verified email address, or has another one than `by`.';
const NO_USER = 'No transaction has this user.';

export const messageOperations = {
  'GET /v1/transactions/{id}/messages': {
    tag: 'messages',
    summary: 'List the messages to the patient about a transaction, oldest first',
    description: `${SWITCHED_ON} A message that a check prevented has the state \`suppressed\` and a \`reason\`. \`unknown\` means that the message may or may not have been sent; it is not resent automatically. Neither texts nor addresses are stored.`,
    answer: 'The messages.',
    content: patientMessageList,
    example: examples.patientMessageList,
    problems: { 404: NO_TRANSACTION },
  },
  'POST /v1/transactions/{id}/messages': {
    tag: 'messages',
    summary: 'Send a message to the patient by hand',
    description: `${SWITCHED_ON} The message is planned and sent within seconds or, at night, the next morning, unless a check prevents it: consent, opt-out, address, daily cap, and whether the message still applies. The list of messages shows its state. ${NAMED} Do not put patient data into \`why\`: it is stored and shown.`,
    answer: 'The planned message.',
    content: patientMessage,
    example: examples.patientMessage,
    bodyExample: examples.messageRequest,
    problems: {
      403: NOT_THAT_PERSON,
      404: NO_TRANSACTION,
      409: 'The channel is off, the message does not apply to the current state of the transaction, the same message is planned, or the same text is being sent or was sent within the last hour. Nothing was changed.',
    },
  },
  'GET /v1/users/{user_id}/message-settings': {
    tag: 'messages',
    summary: 'Get the message settings of a user',
    description: `${SWITCHED_ON} \`user_id\` is Junction’s user ID. \`by\` of an opt-out is null if the patient replied or the provider reported it.`,
    answer: 'Consent and opt-outs by channel.',
    content: messageSettings,
    example: examples.messageSettings,
    problems: { 404: NO_USER },
  },
  'PUT /v1/users/{user_id}/message-settings': {
    tag: 'messages',
    summary: 'Record consent and opt-outs of a user',
    description: `${SWITCHED_ON} A channel that you omit stays unchanged. \`opt_out: false\` withdraws an opt-out. A phone number that replied STOP must also reply START, because the provider keeps its own list. Repeating a request changes nothing. ${NAMED}`,
    answer: 'Consent and opt-outs by channel.',
    content: messageSettings,
    example: examples.messageSettings,
    bodyExample: examples.messageSettingsChange,
    problems: { 403: NOT_THAT_PERSON, 404: NO_USER },
  },
} satisfies Readonly<Record<keyof typeof messageScopes, Operation>>;
