import Link, { type LinkProps } from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';

/** Navigates within the dashboard without a page load, unless a new tab or window was requested. */
export function useFollow(): (
  event: CustomEvent<{ href?: string | undefined; external?: boolean | undefined }>,
) => void {
  const [, navigate] = useLocation();
  return (event) => {
    const { href, external } = event.detail;
    // Cloudscape doesn't report clicks with a modifier key; the browser handles them.
    if (external || !href?.startsWith('/')) return;
    event.preventDefault();
    navigate(href);
  };
}

interface PageLinkProps extends Pick<LinkProps, 'variant' | 'fontSize' | 'ariaLabel'> {
  readonly href: string;
  readonly children: ReactNode;
}

/** A link within the dashboard. */
export function PageLink({ href, children, ...look }: PageLinkProps) {
  const follow = useFollow();
  return (
    <Link href={href} onFollow={follow} {...look}>
      {children}
    </Link>
  );
}
