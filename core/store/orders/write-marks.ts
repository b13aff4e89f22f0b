import { type Instant, stampOf } from '../../domain/instant.ts';
import type { GuardedWrite } from '../guarded-writes.ts';
import type { Table } from '../table.ts';
import { changeOrder, newerThan } from './change-order.ts';
import { ELAPSED_AT, TRUSTED_UNTIL } from './order-registers.ts';

/** Lets the future events of an order count that are dated until `at`, because their time has come. */
export function writeElapsed(table: Table, orderId: string, at: Instant): Promise<GuardedWrite> {
  return writeMark(table, orderId, ELAPSED_AT, at);
}

/** Lets the webhooks of an order count that were received until `at`, although they contradict Junction's answer. */
export function writeTrusted(table: Table, orderId: string, at: Instant): Promise<GuardedWrite> {
  return writeMark(table, orderId, TRUSTED_UNTIL, at);
}

async function writeMark(table: Table, orderId: string, name: string, at: Instant): Promise<GuardedWrite> {
  const change = { by: 'api', replace: { [name]: stampOf(at) } } as const;
  return (await changeOrder(table, orderId, change, newerThan(name, stampOf(at)))) === null
    ? 'written'
    : 'conflict';
}
