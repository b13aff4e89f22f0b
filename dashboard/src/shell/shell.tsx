import AppLayout from '@cloudscape-design/components/app-layout';
import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { Connection } from './connection.tsx';
import { useFollow } from './links.tsx';
import { NoticeBar } from './notices.tsx';
import { TopBar } from './top-bar.tsx';

const pages: SideNavigationProps.Item[] = [
  { type: 'link', text: 'Worklist', href: '/' },
  { type: 'link', text: 'Orders', href: '/orders' },
  { type: 'link', text: 'Results', href: '/results' },
  { type: 'divider' },
  { type: 'link', text: 'Health', href: '/health' },
];

/** What stands around every page. */
export function Shell({ children }: { children: ReactNode }) {
  const [address] = useLocation();
  const follow = useFollow();
  const [open, setOpen] = useState(() => matchMedia('(min-width: 1000px)').matches);
  return (
    <>
      <TopBar />
      <AppLayout
        headerSelector="#shell-bar"
        navigation={<SideNavigation activeHref={address} items={pages} onFollow={follow} />}
        navigationOpen={open}
        onNavigationChange={({ detail }) => setOpen(detail.open)}
        navigationWidth={200}
        toolsHide
        maxContentWidth={Number.MAX_VALUE}
        notifications={<NoticeBar />}
        ariaLabels={{
          navigation: 'Pages',
          navigationClose: 'Close the list of pages',
          navigationToggle: 'Open the list of pages',
          notifications: 'Messages',
        }}
        content={
          <SpaceBetween size="m">
            <Connection />
            {children}
          </SpaceBetween>
        }
      />
    </>
  );
}
