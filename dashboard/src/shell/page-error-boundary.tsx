import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { Component, type ReactNode } from 'react';

interface State {
  readonly failed: boolean;
}

/** An error in one page leaves the others usable. */
export class PageErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Alert
        type="error"
        header="Something went wrong on this page"
        action={<Button onClick={() => location.reload()}>Reload</Button>}
      >
        This isn’t something you did, and nothing was changed. Reload the page to continue.
      </Alert>
    );
  }
}
