import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Order, Transaction } from './answers.ts';
import { ApiProblem } from './api-client.ts';
import { useApi } from './api-context.tsx';
import { orderQuery } from './queries.ts';

/** The records of a transaction's orders. */
export interface OrderRecords {
  readonly orders: readonly Order[];
  /** Some are still loading. */
  readonly pending: boolean;
  /** The first error. A missing record is not one: such an order is known from other orders only. */
  readonly error: Error | null;
}

export function useOrderRecords({ orders }: Transaction): OrderRecords {
  const api = useApi();
  const { found, pending, error } = useQueries({
    queries: orders.map(({ id }) => orderQuery(api, id)),
    combine: combined,
  });
  return useMemo(() => ({ orders: found, pending, error }), [found, pending, error]);
}

function combined(results: readonly UseQueryResult<Order>[]) {
  return {
    found: results.flatMap(({ data }) => (data ? [data] : [])),
    pending: results.some(({ isPending }) => isPending),
    error: results.find(({ data, error }) => !data && error && !isMissing(error))?.error ?? null,
  };
}

function isMissing(error: Error): boolean {
  return error instanceof ApiProblem && error.status === 404;
}
