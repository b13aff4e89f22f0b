import { allRouteScopes } from '../../../../core/http/route-scopes.ts';
import { documentsOf } from '../../../../docs/capabilities.ts';

/** The scope of every route, also of the capabilities; null for one without. */
export const everyScope: Readonly<Record<string, string | null>> = {
  ...allRouteScopes,
  ...documentsOf('scopes'),
};
