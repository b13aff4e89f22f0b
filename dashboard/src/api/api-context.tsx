import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect } from 'react';
import { type Api, ApiProblem, Unreachable } from './api-client.ts';
import { Poller } from './polling.ts';

const ApiContext = createContext<Api | null>(null);

const MAX_RETRIES = 2;

/** One client per session, so that nobody sees data fetched for someone else. */
export function queryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
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
  useEffect(() => new Poller(client, api).start(), [client, api]);
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
