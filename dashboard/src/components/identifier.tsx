import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import { Fragment, type ReactNode } from 'react';
import { PageLink } from './page-link.tsx';

interface IdentifierProps {
  readonly id: string | null;
  /** What the ID identifies, for screen readers: "order". */
  readonly of: string;
  /** Shows the first characters; the full ID is on hover and is what is copied. */
  readonly short?: boolean;
  /** Link target in the dashboard. */
  readonly href?: string;
}

const SHORT = 8;

/** An ID with a copy button. */
export function Identifier({ id, of, short = false, href }: IdentifierProps) {
  if (id === null) return <span>–</span>;
  const shown = <span className="identifier">{short ? shortId(id) : breakable(id)}</span>;
  return (
    <CopyToClipboard
      variant="inline"
      copyButtonAriaLabel={`Copy ${of} ID ${id}`}
      copySuccessText="Copied"
      copyErrorText="Couldn’t copy"
      textToCopy={id}
      textToDisplay={<span title={id}>{href ? <PageLink href={href}>{shown}</PageLink> : shown}</span>}
    />
  );
}

/** The first characters of an ID, enough to tell rows apart. */
export function shortId(id: string): string {
  return id.length > SHORT + 2 ? `${id.slice(0, SHORT)}…` : id;
}

/** An ID that breaks at its hyphens where it is too long for a line. */
function breakable(id: string): ReactNode {
  return id.split('-').map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts never change their places
    <Fragment key={at}>
      {at > 0 && (
        <>
          -<wbr />
        </>
      )}
      {part}
    </Fragment>
  ));
}
