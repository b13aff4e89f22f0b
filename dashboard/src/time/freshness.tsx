import { LastUpdated } from './last-updated.tsx';

interface Query {
  readonly data: unknown;
  readonly dataUpdatedAt: number;
  readonly error: Error | null;
  readonly isFetching: boolean;
  readonly refetch: () => Promise<unknown>;
}

/** How fresh the data of a page is: as its oldest part. Nothing until something is loaded. */
export function Freshness({ of }: { of: readonly Query[] }) {
  const loaded = of.filter(({ data }) => data !== undefined);
  if (loaded.length === 0) return null;
  return (
    <LastUpdated
      at={Math.min(...loaded.map(({ dataUpdatedAt }) => dataUpdatedAt))}
      failing={of.some(({ error }) => error !== null)}
      fetching={of.some(({ isFetching }) => isFetching)}
      onRefresh={() => {
        for (const { refetch } of of) void refetch();
      }}
    />
  );
}
