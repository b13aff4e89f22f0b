import { type ComponentType, lazy } from 'react';

/**
 * The script of a page could not be loaded: there is no connection, or a new version was deployed. Browsers do not try again
 * until the dashboard is reloaded.
 */
export class PageNotLoaded extends Error {
  override readonly name = 'PageNotLoaded';
}

/** A page whose script is loaded when it is first shown. */
export function lazyPage<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  return lazy(() =>
    load().catch((cause: unknown) => {
      throw new PageNotLoaded('', { cause });
    }),
  );
}
