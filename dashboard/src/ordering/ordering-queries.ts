import { queryOptions } from '@tanstack/react-query';
import type { AvailableSlots, CancellationReasons } from '../api/answers.ts';
import type { Api } from '../api/api-client.ts';

/** Each request calls Junction, so it is made once when a dialog opens, and dropped when it closes. */
const ASKED_ONCE = {
  gcTime: 0,
  staleTime: Number.POSITIVE_INFINITY,
  refetchInterval: false,
  refetchOnWindowFocus: false,
  retry: false,
} as const;

/** The path of an order's appointment in the API. */
export function appointmentPath(orderId: string): string {
  return `/v1/orders/${encodeURIComponent(orderId)}/appointment`;
}

/** The free times of an order from a day on, by default from today. */
export function freeSlotsQuery(api: Api, orderId: string, startDate: string | undefined) {
  return queryOptions({
    queryKey: ['free-slots', orderId, startDate ?? null],
    queryFn: ({ signal }) =>
      api.json<AvailableSlots>(`${appointmentPath(orderId)}/availability`, {
        query: { start_date: startDate },
        signal,
      }),
    ...ASKED_ONCE,
  });
}

/** Junction's reasons for cancelling the appointment of an order. */
export function cancellationReasonsQuery(api: Api, orderId: string) {
  return queryOptions({
    queryKey: ['cancellation-reasons', orderId],
    queryFn: ({ signal }) =>
      api.json<CancellationReasons>(`${appointmentPath(orderId)}/cancellation-reasons`, { signal }),
    ...ASKED_ONCE,
  });
}
