import AppLayout from '@cloudscape-design/components/app-layout-toolbar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import './print.css';
import type { SplitPanelProps } from '@cloudscape-design/components/split-panel';
import { type ReactNode, Suspense, useState } from 'react';
import { NotificationBar } from '../alerts/notifications.tsx';
import { Printed } from '../components/printed.tsx';
import { CriticalBanner } from '../results/critical-banner.tsx';
import { OpenedResults } from '../results/opened-results.tsx';
import { lazyPage } from '../screen/lazy-page.ts';
import { CONTENT_ID } from '../screen/page-title.ts';
import { setPanelPlace, useShownPanel } from '../screen/side-panel.tsx';
import { useShortScreen } from '../screen/use-short-screen.ts';
import { Navigation } from './navigation.tsx';
import { OfflineAlert } from './offline-alert.tsx';
import { SkipLink } from './skip-link.tsx';
import { TopBar } from './top-bar.tsx';
import { useShortcuts } from './use-shortcuts.tsx';
import { WatchOnlyAlert } from './watch-only-alert.tsx';

const SplitPanel = lazyPage<SplitPanelProps>(() => import('@cloudscape-design/components/split-panel'));
const PANEL_WIDTH = 380;

/** The layout around every page. */
export function Shell({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(() => matchMedia('(min-width: 1000px)').matches);
  const short = useShortScreen();
  const panel = useShownPanel();
  const [size, setSize] = useState(PANEL_WIDTH);
  const shortcuts = useShortcuts();
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
        {...(panel && {
          splitPanel: (
            <Suspense fallback={null}>
              <SplitPanel
                header={panel.header}
                closeBehavior="hide"
                hidePreferencesButton
                i18nStrings={{ closeButtonAriaLabel: 'Close panel', resizeHandleAriaLabel: 'Resize panel' }}
              >
                <div ref={setPanelPlace} />
              </SplitPanel>
            </Suspense>
          ),
        })}
        splitPanelOpen={panel !== null}
        splitPanelSize={size}
        onSplitPanelResize={({ detail }) => setSize(detail.size)}
        splitPanelPreferences={{ position: 'side' }}
        onSplitPanelToggle={({ detail }) => !detail.open && panel?.close()}
        content={
          <div id={CONTENT_ID} tabIndex={-1}>
            <SpaceBetween size="s">
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
