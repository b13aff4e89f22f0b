import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';

interface IdentifierProps {
  readonly id: string | null;
  /** What it is the id of, for who cannot see where it stands: "order". */
  readonly of: string;
  /** The first figures only, the whole of it on hover and when copied. */
  readonly short?: boolean;
}

const SHORT = 8;

/** An id, to be read, compared and copied. */
export function Identifier({ id, of, short = false }: IdentifierProps) {
  if (id === null) return <span>–</span>;
  return (
    <CopyToClipboard
      variant="inline"
      copyButtonAriaLabel={`Copy the id of the ${of}, ${id}`}
      copySuccessText="Copied"
      copyErrorText="It could not be copied"
      textToCopy={id}
      textToDisplay={short ? shortId(id) : id}
    />
  );
}

/** Enough of an id to tell it from its neighbours. */
export function shortId(id: string): string {
  return id.length > SHORT + 2 ? `${id.slice(0, SHORT)}…` : id;
}
