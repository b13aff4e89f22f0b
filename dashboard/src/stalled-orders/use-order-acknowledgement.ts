import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeError } from '../alerts/change-error.ts';
import { type Notification, useNotify } from '../alerts/notifications.tsx';
import type { StalledOrder } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { keepDraft } from '../session/drafts.ts';
import { usePerson } from '../session/session-context.tsx';
import { takenText } from '../wording/taken.ts';
import { OrderTaken, unlessTaken } from './conflict.ts';

type Change = { readonly kind: 'acknowledge'; readonly note: string } | { readonly kind: 'release' };

const WORDS = {
  acknowledge: {
    done: 'Order acknowledged',
    refused: 'The order was not acknowledged',
    unconfirmed: 'Couldn’t confirm the acknowledgement',
  },
  release: {
    done: 'Order released',
    refused: 'The order was not released',
    unconfirmed: 'Couldn’t confirm the release',
  },
} as const;

function refusal(error: Error, change: Change): Notification {
  const { refused, unconfirmed } = WORDS[change.kind];
  if (!(error instanceof OrderTaken)) return changeError(error, refused, unconfirmed);
  const text = takenText(error.taken, Date.now());
  const isNoteKept = change.kind === 'acknowledge' && change.note.trim() !== '';
  return {
    type: 'error',
    header: refused,
    text: isNoteKept ? `${text} Your note is kept until you acknowledge it again.` : text,
  };
}

/** The draft of a note about an order. */
export const orderDraft = ({ id }: Pick<StalledOrder, 'id'>) => `order:${id}`;

/** Acknowledges a stalled order in the name of the signed-in user, or releases it. */
export function useOrderAcknowledgement(order: StalledOrder) {
  const { id, acknowledgement } = order;
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const person = usePerson();
  const { name: by } = person;
  const path = `/v1/orders/${encodeURIComponent(id)}/acknowledgement`;
  const { mutate, isPending } = useMutation({
    // Names the acknowledgement that the user saw, so that a newer one by someone else stays.
    mutationFn: (change: Change) =>
      unlessTaken(api, order, () =>
        change.kind === 'acknowledge'
          ? api.json<StalledOrder>(path, {
              method: 'PUT',
              body: { by, note: change.note.trim() || null, replaces: acknowledgement?.at ?? null },
            })
          : api.json<StalledOrder>(path, {
              method: 'DELETE',
              query: { by, acknowledged_at: acknowledgement?.at },
            }),
      ),
    onSuccess: (_, { kind }) => {
      keepDraft(person, orderDraft({ id }), '');
      notify({ type: 'success', header: WORDS[kind].done });
    },
    onError: (error, change) => notify(refusal(error, change)),
    onSettled: () => client.invalidateQueries(),
  });
  return {
    acknowledge: (note: string) => mutate({ kind: 'acknowledge', note }),
    release: () => mutate({ kind: 'release' }),
    isPending,
  };
}
