import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { MessageSettings, PatientMessage } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { messageSettingsPath } from '../api/queries.ts';
import { changeError } from '../messages/change-error.ts';
import { useNotify } from '../messages/notifications.tsx';
import { usePerson } from '../session/session-context.tsx';
import { CHANNELS, type Channel } from '../wording/messages.ts';

/** A message to send by hand. */
export interface MessageRequest {
  readonly template: string;
  readonly channel: Channel;
  readonly why: string;
}

/** Sends a message about a transaction in the name of the signed-in user. */
export function useSendMessage(transactionId: string) {
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const { name: by } = usePerson();
  const { mutate, isPending } = useMutation({
    // Fails at once when offline: later, it may no longer be what the user wants.
    networkMode: 'always',
    mutationFn: (request: MessageRequest) =>
      api.json<PatientMessage>(`/v1/transactions/${encodeURIComponent(transactionId)}/messages`, {
        method: 'POST',
        body: { ...request, by },
      }),
    onSuccess: (_, { channel }) =>
      notify({
        type: 'success',
        header: `${CHANNELS[channel]} requested`,
        text: 'The timeline shows when it is sent, or why it isn’t.',
      }),
    onError: (error) =>
      notify(changeError(error, 'The message was not sent', 'Couldn’t confirm that the message is sent')),
    onSettled: () => client.invalidateQueries(),
  });
  return { send: (request: MessageRequest) => mutate(request), isPending };
}

/** What to record about the channels of a patient; an absent channel stays as it is. */
export interface SettingsChange {
  readonly consent: Readonly<Partial<Record<Channel, boolean>>>;
  readonly opt_out: Readonly<Partial<Record<Channel, boolean>>>;
}

/** Records consent and opt-outs of a user in the name of the signed-in user. */
export function useSettingsChange(userId: string) {
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const { name: by } = usePerson();
  const { mutate, isPending } = useMutation({
    networkMode: 'always',
    mutationFn: (changes: SettingsChange) =>
      api.json<MessageSettings>(messageSettingsPath(userId), { method: 'PUT', body: { ...changes, by } }),
    onSuccess: () => notify({ type: 'success', header: 'Message settings saved' }),
    onError: (error) =>
      notify(
        changeError(error, 'The message settings were not saved', 'Couldn’t confirm the message settings'),
      ),
    onSettled: () => client.invalidateQueries(),
  });
  return { change: mutate, isPending };
}
