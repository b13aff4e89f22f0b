import { useQuery } from '@tanstack/react-query';
import type { Order, Transaction } from '../../../dashboard/src/api/answers.ts';
import { useApi } from '../../../dashboard/src/api/api-context.tsx';
import { orderQuery } from '../../../dashboard/src/api/queries.ts';
import { useReminderCount } from '../../../dashboard/src/session/configuration-context.tsx';
import { useNow } from '../../../dashboard/src/time/use-now.ts';
import { sendableTemplates } from './sendable-templates.ts';

/** The templates that apply to a transaction now, the one that its patient needs next first. */
export function useSendableTemplates(transaction: Transaction): readonly string[] {
  const facts = { reminders: useReminderCount(), order: useRedrawOrder(transaction), now: useNow() };
  return sendableTemplates(transaction, facts);
}

/** The redraw order of a transaction; undefined while it is not loaded, or if there is none. */
export function useRedrawOrder({ redraw }: Transaction): Order | undefined {
  const id = redraw?.order_id ?? null;
  return useQuery({ ...orderQuery(useApi(), id ?? ''), enabled: id !== null }).data;
}
