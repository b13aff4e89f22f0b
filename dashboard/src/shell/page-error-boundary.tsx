import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { Component, type ReactNode } from 'react';

interface State {
  readonly failed: boolean;
}

/** A page that breaks leaves the others usable. */
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
        header="This page broke"
        action={<Button onClick={() => location.reload()}>Load it again</Button>}
      >
        That is a fault of the page, not of what you did; nothing was changed. If the dashboard was brought up
        to date meanwhile, loading it again helps.
      </Alert>
    );
  }
}
