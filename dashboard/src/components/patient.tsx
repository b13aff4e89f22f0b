import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import type { LinkIds } from '../../../core/domain/portal-link.ts';
import { shortId } from './identifier.tsx';
import { OutsideLink } from './outside-link.tsx';
import { PageLink } from './page-link.tsx';

interface PatientProps {
  readonly of: { readonly user_id: string | null; readonly client_user_id: string | null };
  /** Of the record in the team's own system. */
  readonly transactionId: string | null;
  readonly orderId: string | null;
  /** Leads to the patient's orders. */
  readonly href?: string;
}

const UUID = /^[\da-f]{8}-[\da-f-]{27}$/i;

/** The patient: the ID of the team's own system, or else Junction's, to copy; and the link to the patient's record. */
export function Patient({ of: { user_id, client_user_id }, transactionId, orderId, href }: PatientProps) {
  const id = client_user_id ?? user_id;
  if (id === null) return <span>–</span>;
  const ids: LinkIds = { transaction_id: transactionId ?? '', order_id: orderId, user_id, client_user_id };
  const shown = <span className="identifier patient-id">{UUID.test(id) ? shortId(id) : id}</span>;
  return (
    <span className="patient">
      <CopyToClipboard
        variant="inline"
        copyButtonAriaLabel={`Copy patient ID ${id}`}
        copySuccessText="Copied"
        copyErrorText="Couldn’t copy"
        textToCopy={id}
        textToDisplay={<span title={id}>{href ? <PageLink href={href}>{shown}</PageLink> : shown}</span>}
      />{' '}
      {transactionId !== null && <OutsideLink to="record_link" ids={ids} />}
    </span>
  );
}
