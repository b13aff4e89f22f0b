import type { RouteKey } from '../../core/http/route-scopes.ts';
import { documentsOf } from '../capabilities.ts';
import { criticalResultOperations } from './operations/critical-results.ts';
import { discardOperations } from './operations/discards.ts';
import { handlingOperations } from './operations/handling.ts';
import { matchReviewOperations } from './operations/match-reviews.ts';
import type { Operation } from './operations/operation.ts';
import { orderOperations } from './operations/orders.ts';
import { quarantineOperations } from './operations/quarantine.ts';
import { redrawOperations } from './operations/redraws.ts';
import { resultOperations } from './operations/results.ts';
import { serviceOperations } from './operations/service.ts';
import { stalledOrderOperations } from './operations/stalled-orders.ts';
import { transactionOperations } from './operations/transactions.ts';
import { viewOperations } from './operations/views.ts';

const core: Readonly<Record<RouteKey, Operation>> = {
  ...transactionOperations,
  ...resultOperations,
  ...orderOperations,
  ...redrawOperations,
  ...handlingOperations,
  ...discardOperations,
  ...stalledOrderOperations,
  ...serviceOperations,
  ...matchReviewOperations,
  ...criticalResultOperations,
  ...quarantineOperations,
  ...viewOperations,
};

/** What the OpenAPI document says of each route, beside its schemas. */
export const operations: Readonly<Record<string, Operation>> = { ...core, ...documentsOf('operations') };
