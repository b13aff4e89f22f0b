import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeError } from '../../../dashboard/src/alerts/change-error.ts';
import { useNotify } from '../../../dashboard/src/alerts/notifications.tsx';
import type { MessageSettings, PatientMessage } from '../../../dashboard/src/api/answers.ts';
import { useApi } from '../../../dashboard/src/api/api-context.tsx';
import { messageSettingsPath } from '../../../dashboard/src/api/queries.ts';
import { usePerson } from '../../../dashboard/src/session/session-context.tsx';
import { CHANNELS, type Channel } from '../../../dashboard/src/wording/messages.ts';

/** A message to send by hand. */
export interface MessageRequest {
  readonly template: string;
  readonly channel: Channel;
  readonly why: string;
}

/** Sends a message about a transaction in the name of the signed-in user. */
export function useSendMessage(transactionId: string) {
  const notify = useNotify();
  const { change, isPending } = useChange<MessageRequest, PatientMessage>({
    path: `/v1/transactions/${encodeURIComponent(transactionId)}/messages`,
    method: 'POST',
    onSuccess: ({ channel }) =>
      notify({
        type: 'success',
        header: `${CHANNELS[channel]} requested`,
        text: 'The timeline shows when it is sent, or why it isn’t.',
      }),
    refused: 'The message was not sent',
    unclear: 'Couldn’t confirm the message',
  });
  return { send: change, isPending };
}

/** What to record about the channels of a patient; an absent channel stays as it is. */
export interface SettingsChange {
  readonly consent: Readonly<Partial<Record<Channel, boolean>>>;
  readonly opt_out: Readonly<Partial<Record<Channel, boolean>>>;
}

/** Records consent and opt-outs of a user in the name of the signed-in user. */
export function useSettingsChange(userId: string) {
  const notify = useNotify();
  return useChange<SettingsChange, MessageSettings>({
    path: messageSettingsPath(userId),
    method: 'PUT',
    onSuccess: () => notify({ type: 'success', header: 'Message settings saved' }),
    refused: 'The message settings were not saved',
    unclear: 'Couldn’t confirm the message settings',
  });
}

interface ChangeOptions<Answer> {
  readonly path: string;
  readonly method: 'POST' | 'PUT';
  readonly onSuccess: (answer: Answer) => void;
  /** The headers of an error: nothing changed, or the outcome is unknown. */
  readonly refused: string;
  readonly unclear: string;
}

/** A request in the name of the signed-in user that changes something. */
function useChange<Body extends object, Answer>(options: ChangeOptions<Answer>) {
  const { path, method, onSuccess, refused, unclear } = options;
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const { name: by } = usePerson();
  const { mutate, isPending } = useMutation({
    mutationFn: (body: Body) => api.json<Answer>(path, { method, body: { ...body, by } }),
    onSuccess,
    onError: (error) => notify(changeError(error, refused, unclear)),
    onSettled: () => client.invalidateQueries(),
  });
  return { change: (body: Body) => mutate(body), isPending };
}
