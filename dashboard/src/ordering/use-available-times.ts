import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AvailableSlots } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { dayAfter, type FreeDay, freeDays } from './available-times.ts';
import { freeSlotsQuery } from './ordering-queries.ts';

/** The free times of about two weeks, and the ways to other weeks. */
export interface FreeTimes {
  /** Undefined while Junction has not answered. */
  readonly data: AvailableSlots | undefined;
  readonly days: readonly FreeDay[];
  readonly loading: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  /** Providers to ask for a visit, because nobody has times to book. */
  readonly requestProviders: readonly string[];
  /** Null for the first weeks. */
  readonly earlier: (() => void) | null;
  readonly later: () => void;
}

export function useAvailableTimes(orderId: string): FreeTimes {
  const [starts, setStarts] = useState<readonly string[]>([]);
  const start = starts.at(-1);
  const { data, error, isFetching, refetch } = useQuery({
    ...freeSlotsQuery(useApi(), orderId, start),
    // The days that are shown stay until others are there.
    placeholderData: keepPreviousData,
  });
  const days = data ? freeDays(data) : [];
  return {
    data,
    days,
    loading: isFetching,
    error: data || isFetching ? null : error,
    retry: () => void refetch(),
    requestProviders: data && start === undefined && days.length === 0 ? data.request_providers : [],
    earlier: start === undefined ? null : () => setStarts(starts.slice(0, -1)),
    // While other days load, the previous days stay.
    later: () => !isFetching && setStarts([...starts, nextStart(days, start)]),
  };
}

const TWO_WEEKS_MS = 14 * 86_400_000;

/** The day after the last one with times; without any, two weeks on. */
function nextStart(days: readonly FreeDay[], start: string | undefined): string {
  const last = days.at(-1)?.date;
  if (last !== undefined) return dayAfter(last);
  const from = start === undefined ? Date.now() : Date.parse(`${start}T00:00:00Z`);
  return new Date(from + TWO_WEEKS_MS).toISOString().slice(0, 10);
}
