import * as z from 'zod/mini';
import { describe } from '../../../core/domain/describe.ts';
import { type Instant, parseInstant } from '../../../core/domain/instant.ts';
import { CHANNELS } from '../../../core/domain/transaction/told.ts';
import { actingAs } from '../../../core/http/identity.ts';
import { json, Problem } from '../../../core/http/problem.ts';
import { by, byId, noQuery, visibleLine } from '../../../core/http/request-fields.ts';
import { type Route, route } from '../../../core/http/route.ts';
import { opaqueId, uuid } from '../../../core/http/text-fields.ts';
import { byUser, listTransactions } from '../../../core/store/transactions/transaction-lists.ts';
import { findTransaction, isShown, type TeamContext } from '../../../core/use-cases/team-visibility.ts';
import { ofEachChannel } from '../rules/channels.ts';
import { TEMPLATES, type TemplateName } from '../rules/message.ts';
import { choicesIn } from '../rules/patient-record.ts';
import { listMessages } from '../store/messages.ts';
import { messageSettingsOf, recordChoices } from '../use-cases/record-choices.ts';
import { type RequestDependencies, requestMessage } from '../use-cases/request-message.ts';
import { showMessage, showMessageSettings, showMessages } from './representation.ts';
import type { messageScopes } from './scopes.ts';

export interface MessagesContext extends RequestDependencies {
  readonly clock: () => Date;
}

const byUserId = z.object({ user_id: opaqueId });
DOCS: describe(byUserId, { properties: { user_id: 'Junction’s ID of the user.' } });

const TEMPLATE = new RegExp(`^(${TEMPLATES.join('|')}|reminder_[1-9]\\d?)$`);
const templateName = z.pipe(
  z
    .string()
    .check(z.regex(TEMPLATE, `it must be one of ${TEMPLATES.join(', ')}, reminder_1, reminder_2 and so on`)),
  z.transform((name) => name as TemplateName),
);

const requestBody = z.strictObject({
  template: templateName,
  channel: z.enum(CHANNELS),
  by,
  why: visibleLine(500),
});
DOCS: describe(requestBody, {
  id: 'MessageRequest',
  description: 'Sends a message by hand.',
  properties: {
    template: 'The template of the text.',
    channel: 'How it is sent.',
    why: 'Why, without patient data: it is stored and shown.',
  },
});

const choice = z.boolean();
DOCS: describe(choice, { description: 'Whether it is so for this channel.' });
const choices = z.strictObject(ofEachChannel(() => z.exactOptional(choice)));
DOCS: describe(choices, {
  id: 'ChannelChoices',
  description: 'A choice by channel. A channel without one stays unchanged.',
});
const byChannel = z._default(choices, {});
const settingsBody = z.strictObject({
  by,
  consent: byChannel,
  opt_out: byChannel,
});
DOCS: describe(settingsBody, {
  id: 'MessageSettingsChange',
  description: 'Records consent and opt-outs.',
  properties: {
    consent: 'Whether the patient consents to a channel.',
    opt_out: 'Whether the patient has opted out of a channel; `false` withdraws an opt-out.',
  },
});

const ofTransaction = ({ id }: z.output<typeof byId>) => ({ transaction_id: id });
/** Each choice of a user. An id that is not a UUID is not Junction's, and could be a name. */
function ofUser(body: z.output<typeof settingsBody>, { user_id }: z.output<typeof byUserId>) {
  if (!uuid.safeParse(user_id).success) return [{}];
  const choices = choicesIn(user_id, body);
  return choices.length > 0 ? choices : [{ user_id }];
}

/** The routes of the message-requests function, by API Gateway's route key. */
export const routes: Readonly<Record<keyof typeof messageScopes, Route<MessagesContext>>> = {
  'GET /v1/transactions/{id}/messages': route(
    { path: byId, query: noQuery },
    async (context: MessagesContext, { path }) => {
      const { id } = await findTransaction(context, path.id);
      return json(200, showMessages(await listMessages(context.table, id)));
    },
  ),

  'POST /v1/transactions/{id}/messages': route(
    { path: byId, query: noQuery, body: requestBody, underName: true },
    async (context: MessagesContext, { path, body, identity }) => {
      const caller = actingAs(identity(), body.by);
      const message = await requestMessage(context, path.id, { ...body, caller }, nowOf(context));
      return json(200, showMessage(message));
    },
    { action: 'message.send', changes: true, inPath: ofTransaction },
  ),

  'GET /v1/users/{user_id}/message-settings': route(
    { path: byUserId, query: noQuery },
    async (context: MessagesContext, { path: { user_id } }) => {
      await checkUser(context, user_id);
      return json(200, showMessageSettings(await messageSettingsOf(context, user_id)));
    },
  ),

  'PUT /v1/users/{user_id}/message-settings': route(
    { path: byUserId, query: noQuery, body: settingsBody, underName: true },
    async (context: MessagesContext, { path: { user_id }, body: { by, ...choices }, identity }) => {
      const caller = actingAs(identity(), by);
      await checkUser(context, user_id);
      const recorded = { by, caller, at: nowOf(context) };
      return json(200, showMessageSettings(await recordChoices(context, user_id, choices, recorded)));
    },
    { action: 'message_settings.change', changes: true, eachInBody: ofUser },
  ),
};

/** @throws Problem 404 if no transaction that is shown here has the user */
async function checkUser(context: TeamContext, userId: string): Promise<void> {
  const { transactions } = await listTransactions(context.table, byUser(userId), { limit: 100, after: null });
  if (!transactions.some(({ team_id }) => isShown(context, team_id))) {
    throw new Problem(404, 'There is no user with this ID.');
  }
}

function nowOf({ clock }: MessagesContext): Instant {
  return parseInstant(clock().toISOString()) ?? '';
}
