import Link, { type LinkProps } from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';

/** Goes to an address of the dashboard without loading the page anew, unless a new tab or window was wanted. */
export function useFollow(): (
  event: CustomEvent<{ href?: string | undefined; external?: boolean | undefined }>,
) => void {
  const [, navigate] = useLocation();
  return (event) => {
    const { href, external } = event.detail;
    // Cloudscape does not tell of clicks with a modifier key; these the browser handles.
    if (external || !href?.startsWith('/')) return;
    event.preventDefault();
    navigate(href);
  };
}

interface PageLinkProps extends Pick<LinkProps, 'variant' | 'fontSize' | 'ariaLabel'> {
  readonly href: string;
  readonly children: ReactNode;
}

/** A link to another address of the dashboard. */
export function PageLink({ href, children, ...look }: PageLinkProps) {
  const follow = useFollow();
  return (
    <Link href={href} onFollow={follow} {...look}>
      {children}
    </Link>
  );
}
