import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { Component, type ReactNode } from 'react';
import { PageNotLoaded } from './lazy-page.ts';

interface State {
  readonly error: unknown;
}

/** An error in one page leaves the others usable. Give it a key for each page, so that the next one starts without it. */
export class PageErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const reload = <Button onClick={() => location.reload()}>Reload</Button>;
    if (error instanceof PageNotLoaded)
      return (
        <Alert type="error" header="Couldn’t load this page" action={reload}>
          Check your connection, then reload the page.
        </Alert>
      );
    return (
      <Alert type="error" header="Something went wrong on this page" action={reload}>
        This isn’t something you did, and nothing was changed. Reload the page to continue.
      </Alert>
    );
  }
}
