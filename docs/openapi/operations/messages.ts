import { messageSettings, patientMessage, patientMessageList } from '../../../core/api/messages/answer.ts';
import { examples } from '../examples.ts';
import { NO_TRANSACTION, type Operations } from './operation.ts';

const SWITCHED_ON = 'The route exists only where messages to patients are switched on.';
const NAMED =
  'The identity in the token is stored beside `by`, as `caller`. If the token has a name of the caller, `by` must be that name, or the answer is 403.';
const NOT_THAT_PERSON =
  'The token does not have the required scope or does not identify the caller, or `by` is not a name of the person in the token.';
const NO_USER = 'No transaction has this user.';

export const messageOperations = {
  'GET /v1/transactions/{id}/messages': {
    tag: 'messages',
    summary: 'List the messages to the patient about a transaction, oldest first',
    description: `${SWITCHED_ON} A message that was held back has the state \`suppressed\` and the \`reason\`. \`unknown\` means that it may or may not have been sent; it is not sent again by itself. Neither texts nor addresses are stored.`,
    answer: 'The messages.',
    content: patientMessageList,
    example: examples.patientMessageList,
    problems: { 404: NO_TRANSACTION },
  },
  'POST /v1/transactions/{id}/messages': {
    tag: 'messages',
    summary: 'Send a message to the patient by hand',
    description: `${SWITCHED_ON} The message is planned and sent within seconds, at night in the morning, unless a check holds it back: consent, opt-out, address, the cap per day, and whether it is still true. The list of messages shows what became of it. ${NAMED} Do not put patient data into \`why\`: it is stored and shown.`,
    answer: 'The planned message.',
    content: patientMessage,
    example: examples.patientMessage,
    bodyExample: examples.messageRequest,
    problems: {
      403: NOT_THAT_PERSON,
      404: NO_TRANSACTION,
      409: 'The channel is off, the message would not be true of the transaction now, or the same message is on its way or went within the last hour. Nothing was changed.',
    },
  },
  'GET /v1/users/{user_id}/message-settings': {
    tag: 'messages',
    summary: 'Get what is recorded about the messages of a user',
    description: `${SWITCHED_ON} \`user_id\` is the ID of Junction. \`by\` of an opt-out is null if the provider reported it.`,
    answer: 'Consent and opt-outs by channel.',
    content: messageSettings,
    example: examples.messageSettings,
    problems: { 404: NO_USER },
  },
  'PUT /v1/users/{user_id}/message-settings': {
    tag: 'messages',
    summary: 'Record consent and opt-outs of a user',
    description: `${SWITCHED_ON} A channel that is absent stays as it is. \`opt_out: false\` withdraws an opt-out; a phone number that replied STOP also has to reply START, because the provider keeps a list of its own. Recording the same again changes nothing. ${NAMED}`,
    answer: 'Consent and opt-outs by channel.',
    content: messageSettings,
    example: examples.messageSettings,
    bodyExample: examples.messageSettingsChange,
    problems: { 403: NOT_THAT_PERSON, 404: NO_USER },
  },
} satisfies Operations;
