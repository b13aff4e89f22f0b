import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Component, type ReactNode } from 'react';
import { PageNotLoaded } from '../screen/lazy-page.ts';

interface State {
  readonly error: unknown;
  /** How many times the script of the page was not loaded. */
  readonly failures: number;
}

/** An error in one page leaves the others usable. Give it a key for each page, so that the next one starts without it. */
export class PageErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null, failures: 0 };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error };
  }

  override componentDidCatch(error: unknown): void {
    if (!(error instanceof PageNotLoaded)) return;
    error.forget();
    this.setState(({ failures }) => ({ failures: failures + 1 }));
  }

  override componentDidMount(): void {
    addEventListener('online', this.#loadAgain);
  }

  override componentWillUnmount(): void {
    removeEventListener('online', this.#loadAgain);
  }

  override render(): ReactNode {
    const { error, failures } = this.state;
    if (error === null) return this.props.children;
    if (error instanceof PageNotLoaded) return <NotLoaded again={failures > 1} retry={this.#loadAgain} />;
    return (
      <Alert type="error" header="Something went wrong on this page" action={RELOAD}>
        This isn’t something you did, and nothing was changed. Reload the page to continue.
      </Alert>
    );
  }

  readonly #loadAgain = () => {
    if (this.state.error instanceof PageNotLoaded) this.setState({ error: null });
  };
}

const RELOAD = <Button onClick={() => location.reload()}>Reload</Button>;

/** After a new version was deployed, trying again cannot help, but reloading does. */
function NotLoaded({ again, retry }: { again: boolean; retry: () => void }) {
  return (
    <Alert
      type="error"
      header="Couldn’t load this page"
      action={
        <SpaceBetween direction="horizontal" size="xs">
          <Button onClick={retry}>Try again</Button>
          {again && RELOAD}
        </SpaceBetween>
      }
    >
      {again
        ? 'Check your connection. If you’re online, reload the page: there may be a new version.'
        : 'Check your connection. The page loads by itself when the connection is back.'}
    </Alert>
  );
}
