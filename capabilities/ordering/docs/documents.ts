import type { CapabilityDocuments } from '../../../docs/capabilities.ts';
import {
  cancelledOrder,
  changedAppointment,
  freeSlots,
  placedOrder,
  portalLink,
  reasons,
} from '../api/answer.ts';
import { routes } from '../api/routes.ts';
import { orderingScopes } from '../api/scopes.ts';
import { orderingOperations } from './api-operations.ts';

export const documents: CapabilityDocuments = {
  scopes: orderingScopes,
  routes,
  operations: orderingOperations,
  components: {
    PlacedOrder: placedOrder,
    CancelledOrder: cancelledOrder,
    ChangedAppointment: changedAppointment,
    AvailableSlots: freeSlots,
    CancellationReasons: reasons,
    PortalLink: portalLink,
  },
};
