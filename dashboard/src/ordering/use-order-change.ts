import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Order } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { cacheAnswers } from '../api/cached-answers.ts';
import { orderQuery } from '../api/queries.ts';
import { type Changed, changeOrder, type OrderChange, withAnswer } from './order-change.ts';

/**
 * Changes an order at Junction. The page shows the result at once, also if the dialog is closed by then.
 *
 * @param changed is called with the answer
 */
export function useOrderChange(orderId: string, changed: (change: OrderChange, answer: Changed) => void) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: OrderChange) => changeOrder(api, orderId, change),
    onSuccess: async (answer, change) => {
      await cacheAnswers(client, [answer.transaction]);
      client.setQueryData<Order>(
        orderQuery(api, orderId).queryKey,
        (known) => known && withAnswer(known, answer),
      );
      changed(change, answer);
    },
    onSettled: () => void client.invalidateQueries(),
  });
}
