import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, use } from 'react';
import { type Api, ApiProblem, Unreachable } from './api-client.ts';

const ApiContext = createContext<Api | null>(null);

/** How often a visible page refetches its data (ms). */
const REFRESH_MS = 15_000;
const MAX_RETRIES = 2;

/** One client per session, so that nobody sees data fetched for someone else. */
export function queryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        refetchInterval: REFRESH_MS,
        staleTime: 2_000,
        retry: (failures, error) => failures < MAX_RETRIES && mayPass(error),
      },
      // A change fails immediately when offline. Sent later, it may no longer be what the user wants.
      mutations: { networkMode: 'always' },
    },
  });
}

export function ApiProvider({
  api,
  client,
  children,
}: {
  api: Api;
  client: QueryClient;
  children: ReactNode;
}) {
  return (
    <ApiContext value={api}>
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </ApiContext>
  );
}

export function useApi(): Api {
  const api = use(ApiContext);
  if (!api) throw new Error('no ApiProvider around this component');
  return api;
}

/** Whether a retry can succeed. */
function mayPass(error: Error): boolean {
  return (
    error instanceof Unreachable ||
    (error instanceof ApiProblem && (error.status >= 500 || error.status === 429))
  );
}
