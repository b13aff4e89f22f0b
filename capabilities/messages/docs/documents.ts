import type { CapabilityDocuments } from '../../../docs/capabilities.ts';
import { routes } from '../api/routes.ts';
import { messageScopes } from '../api/scopes.ts';
import { messageOperations } from './api-operations.ts';
import { messageEventDocuments } from './event-documents.ts';

export const documents: CapabilityDocuments = {
  scopes: messageScopes,
  routes,
  operations: messageOperations,
  events: messageEventDocuments,
};
