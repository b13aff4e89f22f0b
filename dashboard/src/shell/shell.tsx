import AppLayout from '@cloudscape-design/components/app-layout-toolbar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useState } from 'react';
import { NotificationBar } from '../alerts/notifications.tsx';
import { Navigation } from './navigation.tsx';
import { OfflineAlert } from './offline-alert.tsx';
import { CONTENT_ID } from './page-title.ts';
import { SkipLink } from './skip-link.tsx';
import { TopBar } from './top-bar.tsx';

/** The layout around every page. */
export function Shell({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(() => matchMedia('(min-width: 1000px)').matches);
  return (
    <>
      <SkipLink />
      <TopBar />
      <AppLayout
        headerSelector="#shell-bar"
        navigation={<Navigation />}
        navigationOpen={open}
        navigationTriggerHide={open}
        onNavigationChange={({ detail }) => setOpen(detail.open)}
        navigationWidth={200}
        toolsHide
        maxContentWidth={Number.MAX_VALUE}
        ariaLabels={{
          navigation: 'Pages',
          navigationClose: 'Close navigation',
          navigationToggle: 'Open navigation',
        }}
        content={
          <div id={CONTENT_ID} tabIndex={-1}>
            <SpaceBetween size="m">
              <OfflineAlert />
              {children}
            </SpaceBetween>
          </div>
        }
      />
      <NotificationBar />
    </>
  );
}
