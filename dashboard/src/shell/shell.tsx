import AppLayout from '@cloudscape-design/components/app-layout-toolbar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import './print.css';
import { type ReactNode, useState } from 'react';
import { NotificationBar } from '../alerts/notifications.tsx';
import { Printed } from '../components/printed.tsx';
import { CriticalBanner } from '../results/critical-banner.tsx';
import { OpenedResults } from '../results/opened-results.tsx';
import { CONTENT_ID } from '../screen/page-title.ts';
import { useShortScreen } from '../screen/use-short-screen.ts';
import { useDensity } from './appearance.ts';
import { Navigation } from './navigation.tsx';
import { OfflineAlert } from './offline-alert.tsx';
import { SkipLink } from './skip-link.tsx';
import { TopBar } from './top-bar.tsx';
import { useShortcuts } from './use-shortcuts.tsx';
import { WatchOnlyAlert } from './watch-only-alert.tsx';

/** The layout around every page. */
export function Shell({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(() => matchMedia('(min-width: 1000px)').matches);
  const short = useShortScreen();
  const shortcuts = useShortcuts();
  useDensity();
  return (
    <>
      <SkipLink />
      <TopBar help={shortcuts.help} />
      <div id="no-bar" />
      <AppLayout
        // In a low window the bar scrolls away, so nothing sticks below it. The layout keeps the last height if it finds no element.
        headerSelector={short ? '#no-bar' : '#shell-bar'}
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
              <WatchOnlyAlert />
              <CriticalBanner />
              <Printed />
              {shortcuts.dialog}
              {children}
            </SpaceBetween>
          </div>
        }
      />
      <OpenedResults />
      <NotificationBar />
    </>
  );
}
