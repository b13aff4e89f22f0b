import { type ComponentType, createElement, type FunctionComponent, lazy } from 'react';

/** The script of a page could not be loaded: there is no connection, or a new version was deployed. */
export class PageNotLoaded extends Error {
  override readonly name = 'PageNotLoaded';
  /** Lets the page load again when it is next shown. */
  readonly forget: () => void;

  constructor(cause: unknown, forget: () => void) {
    super('', { cause });
    this.forget = forget;
  }
}

/**
 * A page whose script is loaded when it is first shown. React keeps a failure for good, so whoever shows the failure has to
 * forget it. Not before that: React renders a failed page again at once, which would load it over and over.
 */
export function lazyPage<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): FunctionComponent<Props> {
  const unloaded = () =>
    lazy(() =>
      load().catch((cause: unknown) => {
        throw new PageNotLoaded(cause, () => {
          page = unloaded();
        });
      }),
    );
  let page = unloaded();
  return (props) => createElement(page as ComponentType<Props>, props);
}
