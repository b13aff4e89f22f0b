import Link from '@cloudscape-design/components/link';
import { type LinkIds, portalLink } from '../../../core/domain/portal-link.ts';
import { useOutsideLinks } from '../session/configuration-context.tsx';

interface OutsideLinkProps {
  /** `record_link`: the patient in the team's own system. `junction_link`: the order at Junction. */
  readonly to: 'record_link' | 'junction_link';
  readonly ids: LinkIds;
}

const TEXTS = { record_link: 'Patient record', junction_link: 'At Junction' };

/** A link to another system, in a new tab. Nothing where no link is configured, or where it names an ID that is missing. */
export function OutsideLink({ to, ids }: OutsideLinkProps) {
  const pattern = useOutsideLinks()[to];
  const href = pattern === undefined ? null : portalLink(pattern, ids);
  if (href === null) return null;
  return (
    <Link href={href} target="_blank" rel="noreferrer" external externalIconAriaLabel="Opens in a new tab">
      {TEXTS[to]}
    </Link>
  );
}
