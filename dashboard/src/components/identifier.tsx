import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import { PageLink } from './page-link.tsx';

interface IdentifierProps {
  readonly id: string | null;
  /** What it is the id of, for who cannot see where it stands: "order". */
  readonly of: string;
  /** The first figures only, the whole of it on hover and when copied. */
  readonly short?: boolean;
  /** Where in the dashboard it leads. */
  readonly href?: string;
}

const SHORT = 8;

/** An id, to be read, compared and copied. */
export function Identifier({ id, of, short = false, href }: IdentifierProps) {
  if (id === null) return <span>–</span>;
  const shown = <span className="identifier">{short ? shortId(id) : id}</span>;
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

/** Enough of an id to tell it from its neighbours. */
export function shortId(id: string): string {
  return id.length > SHORT + 2 ? `${id.slice(0, SHORT)}…` : id;
}
