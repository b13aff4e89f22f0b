import { useHasRoutes } from '../session/configuration-context.tsx';
import { type Scope, useHasScope } from '../session/session-context.tsx';

/** What the signed-in user may do with Junction here. Nothing where ordering is off. */
export interface OrderingScopes {
  /** Book, move and cancel appointments. */
  readonly appointments: boolean;
  /** Cancel orders. */
  readonly orders: boolean;
  /** Create portal links. */
  readonly portalLinks: boolean;
}

export function useOrderingScopes(): OrderingScopes {
  return {
    appointments: useMay('appointments/write'),
    orders: useMay('orders/place'),
    portalLinks: useMay('portal/link'),
  };
}

function useMay(scope: Scope): boolean {
  const granted = useHasScope(scope);
  return useHasRoutes(scope) && granted;
}
