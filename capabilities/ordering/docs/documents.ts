import type { CapabilityDocuments } from '../../../docs/capabilities.ts';
import { routes } from '../api/routes.ts';
import { orderingScopes } from '../api/scopes.ts';
import { orderingOperations } from './api-operations.ts';

export const documents: CapabilityDocuments = {
  scopes: orderingScopes,
  routes,
  operations: orderingOperations,
};
