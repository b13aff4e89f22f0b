import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Redirect } from 'wouter';
import { ErrorAlert } from '../alerts/error-alert.tsx';
import { ApiProblem } from '../api/api-client.ts';
import { useApi } from '../api/api-context.tsx';
import { orderQuery } from '../api/queries.ts';
import { PageLink } from '../components/page-link.tsx';
import { PageLoading } from '../components/page-loading.tsx';
import { addressOf } from '../components/transaction-path.ts';

interface TransactionErrorProps {
  readonly id: string;
  readonly error: Error;
  readonly retry: () => void;
}

/** Why the transaction can't be shown. */
export function TransactionError({ id, error, retry }: TransactionErrorProps) {
  return isNotFound(error) ? (
    <OrderRedirect id={id} error={error} />
  ) : (
    <LoadError error={error} retry={retry} />
  );
}

/** The ID may be of an order that has its transaction by now. */
function OrderRedirect({ id, error }: { id: string; error: Error }) {
  const { data: order, isPending } = useQuery({ ...orderQuery(useApi(), id), retry: false });
  if (isPending) return <PageLoading />;
  const transactionId = order?.order_transaction_id;
  if (transactionId && transactionId !== id) return <Redirect to={addressOf(transactionId)} replace />;
  return (
    <LoadError error={error}>
      <PageLink href={`/search?${new URLSearchParams({ q: id })}`}>Search for this ID</PageLink>
    </LoadError>
  );
}

interface LoadErrorProps {
  readonly error: Error;
  readonly retry?: () => void;
  /** Other options. */
  readonly children?: ReactNode;
}

function LoadError({ error, retry, children }: LoadErrorProps) {
  return (
    <SpaceBetween size="m">
      <Header variant="h1">Transaction</Header>
      <ErrorAlert error={error} what="the transaction" {...(retry && { retry })} />
      {children}
    </SpaceBetween>
  );
}

/** Not found, or no longer there. */
export function isNotFound(error: Error | null): error is ApiProblem {
  return error instanceof ApiProblem && error.status === 404;
}
